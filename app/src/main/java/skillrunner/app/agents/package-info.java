/** {@code agent-manager}: looks after the agent CLIs from the command line, with or without a server. */
@NullMarked
package skillrunner.app.agents;

import org.jspecify.annotations.NullMarked;
