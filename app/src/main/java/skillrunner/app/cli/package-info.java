/** What the commands of the program know of the engines' CLIs on this machine. */
@NullMarked
package skillrunner.app.cli;

import org.jspecify.annotations.NullMarked;
