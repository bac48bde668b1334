package skillrunner.application.terminal;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import skillrunner.application.console.Consoles;
import skillrunner.application.engine.EngineBinaries;

/**
 * What of the machine a terminal needs.
 *
 * @param consoles where programs run
 * @param binaries where the CLIs are
 * @param probe asks programs
 * @param variables the server's own environment
 * @param gateway what brings a terminal to a browser
 */
public record TerminalMachine(
        Consoles consoles,
        EngineBinaries binaries,
        TerminalProbe probe,
        Function<String, Optional<String>> variables,
        TerminalGateway gateway) {
    /** Refuses null parts. */
    public TerminalMachine {
        Objects.requireNonNull(consoles);
        Objects.requireNonNull(binaries);
        Objects.requireNonNull(probe);
        Objects.requireNonNull(variables);
        Objects.requireNonNull(gateway);
    }
}
