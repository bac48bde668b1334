package skillrunner.application.engine;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import skillrunner.domain.terminal.TerminalSandbox;

/**
 * How an engine's own interface is started. Immutable.
 *
 * @param arguments of its program
 * @param files settings of the session: path below its folder to content
 * @param variables set for it
 * @param sandbox what keeps its tools from the machine
 * @param otherwise what is tried once if the program ends at once
 */
public record TerminalPlan(
        List<String> arguments,
        Map<String, String> files,
        Map<String, String> variables,
        TerminalSandbox sandbox,
        Optional<TerminalPlan> otherwise) {
    /** Copies what may change. */
    public TerminalPlan {
        arguments = List.copyOf(arguments);
        files = Map.copyOf(files);
        variables = Map.copyOf(variables);
        Objects.requireNonNull(sandbox);
        Objects.requireNonNull(otherwise);
    }
}
