package skillrunner.application.run;

import java.time.Instant;
import java.util.Objects;
import skillrunner.domain.run.RequestId;
import skillrunner.domain.run.Run;

/**
 * A run as a list shows it: under the request that asked for it.
 *
 * @param request the request
 * @param requestedAt when the request came
 * @param run the run that serves it; several requests may share one
 */
public record RunListing(RequestId request, Instant requestedAt, Run run) {
    /** Refuses null parts. */
    public RunListing {
        Objects.requireNonNull(request);
        Objects.requireNonNull(requestedAt);
        Objects.requireNonNull(run);
    }
}
