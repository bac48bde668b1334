package skillrunner.application.engine;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How a CLI is to be called. Holds no text of a user: prompts go by stdin.
 *
 * @param arguments the arguments after the program
 * @param environment variables to set
 * @param passedVariables names of variables of the server that the CLI may see; a trailing {@code *} stands for any end
 */
public record EngineCommand(List<String> arguments, Map<String, String> environment, Set<String> passedVariables) {
    /** Copies the collections. */
    public EngineCommand {
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
        passedVariables = Set.copyOf(passedVariables);
    }
}
