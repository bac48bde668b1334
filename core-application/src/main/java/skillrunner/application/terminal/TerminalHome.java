package skillrunner.application.terminal;

import java.util.Objects;
import skillrunner.application.engine.AgentHome;
import skillrunner.application.engine.RenewSignIns;
import skillrunner.application.engine.TrustedFolders;

/**
 * The home of all CLIs, as a terminal needs it.
 *
 * @param files what lies in it
 * @param trusted the folders in which they work without asking
 * @param signIns has what they are signed in with renewed
 * @param folder its absolute path
 */
public record TerminalHome(AgentHome files, TrustedFolders trusted, RenewSignIns signIns, String folder) {
    /** Refuses null parts. */
    public TerminalHome {
        Objects.requireNonNull(files);
        Objects.requireNonNull(trusted);
        Objects.requireNonNull(signIns);
        Objects.requireNonNull(folder);
    }
}
