/** Skills on the wire. Safe for concurrent use. */
@NullMarked
package skillrunner.http.skill;

import org.jspecify.annotations.NullMarked;
