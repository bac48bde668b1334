/**
 * The command line of a user: runs skills and looks after runs, skills and engines on a server, here or elsewhere. It knows the wire
 * only, by {@code client-java}. Start at {@link skillrunner.commandline.ServerCommands}.
 */
@NullMarked
package skillrunner.commandline;

import org.jspecify.annotations.NullMarked;
