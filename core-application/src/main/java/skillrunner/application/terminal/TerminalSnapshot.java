package skillrunner.application.terminal;

import java.util.Objects;
import skillrunner.domain.terminal.TerminalSession;

/**
 * A terminal session as it is told.
 *
 * @param session the session
 * @param command the name of its command, for programs
 * @param label the name of its command, for people
 * @param folder its working directory
 * @param home the home of all CLIs
 * @param door how a browser gets to it
 */
public record TerminalSnapshot(
        TerminalSession session, String command, String label, String folder, String home, TerminalDoor door) {
    /** Refuses null parts. */
    public TerminalSnapshot {
        Objects.requireNonNull(session);
        Objects.requireNonNull(command);
        Objects.requireNonNull(label);
        Objects.requireNonNull(folder);
        Objects.requireNonNull(home);
        Objects.requireNonNull(door);
    }

    TerminalSnapshot with(TerminalSession now) {
        return new TerminalSnapshot(now, command, label, folder, home, door);
    }
}
