/**
 * Processes of agent CLIs: started so that they outlive the server, followed by the files they write, ended with
 * everything they started. Start at {@link skillrunner.process.launch.DetachedAgentProcesses}.
 */
@NullMarked
package skillrunner.process;

import org.jspecify.annotations.NullMarked;
