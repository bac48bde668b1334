package skillrunner.domain.run;

import java.time.Instant;
import java.util.Objects;

/**
 * A running engine that says nothing. Goes away when it says something again; nothing follows from it.
 *
 * @param kind what it is likely to wait for
 * @param since when it was last heard
 */
public record Stall(StallKind kind, Instant since) {
    /** Refuses null parts. */
    public Stall {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(since);
    }
}
