package skillrunner.application.console;

import java.util.List;
import java.util.Map;

/**
 * What shall run in a pseudo-terminal. Immutable.
 *
 * @param command the program, by an absolute path, and its arguments
 * @param environment its whole environment
 * @param folder its working directory, as an absolute path of an existing folder
 * @param marker a text of this program's own; whatever it starts carries it, so that all of it is found and ended, also by a
 *     later server
 * @param size how large its screen is
 */
public record ConsoleProgram(
        List<String> command, Map<String, String> environment, String folder, String marker, ConsoleSize size) {
    /**
     * Copies what may change.
     *
     * @throws IllegalArgumentException if there is no command or no marker
     */
    public ConsoleProgram {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
        if (command.isEmpty() || marker.isBlank()) {
            throw new IllegalArgumentException("a program needs a command and a marker");
        }
    }
}
