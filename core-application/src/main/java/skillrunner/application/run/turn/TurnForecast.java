package skillrunner.application.run.turn;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What the first turn of a run would be, as far as it can be told before there is a run. What is not known before stands in
 * angle brackets. Shows no secret.
 *
 * @param command the name of the program and its arguments; empty if no command can be built
 * @param environment names of the variables that the program would see, sorted
 * @param prompt what the engine would be told, or empty if that can't be rendered
 * @param failures what the run would fail with at once
 */
public record TurnForecast(
        List<String> command, List<String> environment, Optional<String> prompt, List<ForeseenFailure> failures) {
    /** Copies the lists and refuses null parts. */
    public TurnForecast {
        command = List.copyOf(command);
        environment = List.copyOf(environment);
        Objects.requireNonNull(prompt);
        failures = List.copyOf(failures);
    }
}
