/** Who may reach the API from where, before any route is looked up. Safe for concurrent use. */
@NullMarked
package skillrunner.http.access;

import org.jspecify.annotations.NullMarked;
