/** The working directories of terminal sessions. */
@NullMarked
package skillrunner.workspace.terminal;

import org.jspecify.annotations.NullMarked;
