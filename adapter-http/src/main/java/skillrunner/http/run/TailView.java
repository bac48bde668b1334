package skillrunner.http.run;

import java.util.Objects;

/**
 * The end of a run's output.
 *
 * @param requestId the request
 * @param active whether more may come
 * @param stdout the end of its reports
 * @param stderr the end of its diagnostics
 */
public record TailView(String requestId, boolean active, String stdout, String stderr) {
    /** Refuses null parts. */
    public TailView {
        Objects.requireNonNull(requestId);
        Objects.requireNonNull(stdout);
        Objects.requireNonNull(stderr);
    }
}
