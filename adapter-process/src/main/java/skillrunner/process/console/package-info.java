/** Programs in pseudo-terminals of this machine. */
@NullMarked
package skillrunner.process.console;

import org.jspecify.annotations.NullMarked;
