package skillrunner.application.engine;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * How a CLI is to be called. Holds no text of a user; the prompt is handed over as {@link #prompt()} says.
 *
 * @param arguments the arguments after the program
 * @param environment variables to set
 * @param passedVariables names of variables of the server that the CLI may see; a trailing {@code *} stands for any end
 * @param files settings the CLI looks for in the run directory, path below it to content; written before each turn, in
 *     place of whatever is there
 * @param prompt how the CLI takes its prompt
 */
public record EngineCommand(
        List<String> arguments,
        Map<String, String> environment,
        Set<String> passedVariables,
        Map<String, String> files,
        Prompt prompt) {
    /** How a CLI takes its prompt. */
    public enum Prompt {
        /** It reads stdin. To be preferred: a prompt may be longer than an argument may be, and others can read arguments. */
        STDIN,
        /** As one more argument after all others; stdin is empty. For a CLI that reads no stdin. */
        LAST_ARGUMENT
    }

    /** Copies the collections and refuses null parts. */
    public EngineCommand {
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
        passedVariables = Set.copyOf(passedVariables);
        files = Map.copyOf(files);
        Objects.requireNonNull(prompt);
    }

    /**
     * Calls a CLI that reads its prompt from stdin and needs no file.
     *
     * @param arguments the arguments after the program
     * @param environment variables to set
     * @param passedVariables names of variables of the server that the CLI may see
     */
    public EngineCommand(List<String> arguments, Map<String, String> environment, Set<String> passedVariables) {
        this(arguments, environment, passedVariables, Map.of(), Prompt.STDIN);
    }
}
