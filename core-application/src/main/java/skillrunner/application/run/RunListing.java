package skillrunner.application.run;

import java.time.Instant;
import java.util.Objects;
import skillrunner.domain.run.RequestId;
import skillrunner.domain.run.RequestKind;
import skillrunner.domain.run.Run;

/**
 * A run as a list shows it: under the request that asked for it.
 *
 * @param sequence its number: a request that was stored later has a greater one
 * @param request the request
 * @param kind where its skill comes from
 * @param requestedAt when the request came
 * @param cacheHit whether the run had already ended when the request came
 * @param run the run that serves it, without what its engine wrote and with the beginning of its message; several requests may
 *     share one
 */
public record RunListing(
        long sequence, RequestId request, RequestKind kind, Instant requestedAt, boolean cacheHit, Run run) {
    /** So much of a failure's message is in a list, in characters. */
    public static final int MAX_MESSAGE = 500;

    /** Leaves out what is long and refuses null parts. */
    public RunListing {
        Objects.requireNonNull(request);
        Objects.requireNonNull(kind);
        Objects.requireNonNull(requestedAt);
        run = run.briefly(MAX_MESSAGE);
    }
}
