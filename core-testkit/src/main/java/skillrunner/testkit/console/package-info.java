/** Pseudo-terminals without a machine, and what every implementation of them promises. */
@NullMarked
package skillrunner.testkit.console;

import org.jspecify.annotations.NullMarked;
