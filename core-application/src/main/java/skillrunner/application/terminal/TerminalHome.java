package skillrunner.application.terminal;

import java.util.Objects;
import skillrunner.application.engine.AgentHome;

/**
 * The home of all CLIs, as a terminal needs it.
 *
 * @param files what lies in it
 * @param settings changes settings in it
 * @param folder its absolute path
 */
public record TerminalHome(AgentHome files, SharedSettings settings, String folder) {
    /** Refuses null parts. */
    public TerminalHome {
        Objects.requireNonNull(files);
        Objects.requireNonNull(settings);
        Objects.requireNonNull(folder);
    }
}
