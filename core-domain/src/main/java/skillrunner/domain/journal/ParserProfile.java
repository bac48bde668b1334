package skillrunner.domain.journal;

import java.util.Objects;

/**
 * How an engine's output is read, and how far what is read can be trusted. Its driver knows.
 *
 * @param name a stable name of the reader, for example {@code codex_ndjson}
 * @param understood how sure it is of what it made out, from 0 to 1; also of an attempt in which the agent said something
 * @param raw how sure of what it could not make out; also of an attempt in which the agent said nothing
 */
public record ParserProfile(String name, double understood, double raw) {
    /** An attempt of which less is sure is warned of. */
    public static final double LOW = 0.7;

    /** Of a reader that says nothing of itself: lines of JSON. */
    public static final ParserProfile LINES = new ParserProfile("ndjson", 0.95, 0.6);

    /** Refuses null and what is no probability. */
    public ParserProfile {
        Objects.requireNonNull(name);
        if (name.isEmpty() || !(understood >= 0 && understood <= 1 && raw >= 0 && raw <= 1)) {
            throw new IllegalArgumentException("no profile: " + name + ", " + understood + ", " + raw);
        }
    }
}
