package skillrunner.application.terminal;

import java.util.List;
import skillrunner.domain.problem.RefusedException;

/** What brings a terminal to a browser. Implementations are safe for concurrent use. */
public interface TerminalGateway {
    /** The server itself shows it, on its own port. */
    TerminalGateway EMBEDDED = (command, folder) -> TerminalDoor.embedded(command);

    /**
     * Finds a way for a program.
     *
     * @param command the program, by an absolute path, and its arguments
     * @param folder its working directory
     * @return what has to be started, and where browsers find it
     * @throws RefusedException with {@link skillrunner.domain.problem.ErrorCode#TERMINAL_UNAVAILABLE} if there is none, with {@link
     *     skillrunner.domain.problem.ErrorCode#SESSION_CONFLICT} if its port is taken
     */
    TerminalDoor open(List<String> command, String folder);
}
