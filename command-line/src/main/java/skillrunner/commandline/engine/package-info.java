/** Looking after the engines of a server from a command line. Start at {@link skillrunner.commandline.engine.EnginesCommand}. */
@NullMarked
package skillrunner.commandline.engine;

import org.jspecify.annotations.NullMarked;
