/** The home folder of the agent CLIs. Safe for concurrent use. */
@NullMarked
package skillrunner.workspace.home;

import org.jspecify.annotations.NullMarked;
