/** Addresses that have a successor: still answered, with a warning, until they are withdrawn. Safe for concurrent use. */
@NullMarked
package skillrunner.http.legacy;

import org.jspecify.annotations.NullMarked;
