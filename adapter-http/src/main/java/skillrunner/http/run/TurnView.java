package skillrunner.http.run;

import java.util.Objects;

/**
 * A turn of a run as its page shows it.
 *
 * @param number counts from 1
 * @param took how long it took or has been taking
 * @param since when it began, for a running clock; empty once it has ended
 * @param used the tokens that its engine told of; empty if it told none
 * @param model the models that its engine says it ran on; empty if it named none
 * @param stdout its part of the output
 * @param stderr its part of the diagnostics
 */
public record TurnView(
        String number, String took, String since, String used, String model, Stretch stdout, Stretch stderr) {
    /** Refuses null parts. */
    public TurnView {
        Objects.requireNonNull(number);
        Objects.requireNonNull(took);
        Objects.requireNonNull(since);
        Objects.requireNonNull(used);
        Objects.requireNonNull(model);
        Objects.requireNonNull(stdout);
        Objects.requireNonNull(stderr);
    }

    /**
     * A part of a stream of the whole run.
     *
     * @param from offset of its first byte
     * @param to offset behind its last byte; empty as long as there may be more
     */
    public record Stretch(String from, String to) {}
}
