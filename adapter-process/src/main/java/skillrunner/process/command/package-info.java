/** Short commands that are run to their end, such as a version probe or an installation; never an agent's turn. */
@NullMarked
package skillrunner.process.command;

import org.jspecify.annotations.NullMarked;
