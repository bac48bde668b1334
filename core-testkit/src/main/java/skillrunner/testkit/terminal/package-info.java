/** Engines' interfaces without engines, and viewers without browsers. */
@NullMarked
package skillrunner.testkit.terminal;

import org.jspecify.annotations.NullMarked;
