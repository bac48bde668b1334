/** {@code skills}: what authors of skill packages need at their own desk. */
@NullMarked
package skillrunner.app.skills;

import org.jspecify.annotations.NullMarked;
