package skillrunner.application.run.admission;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import skillrunner.domain.run.RequestId;
import skillrunner.domain.run.RunRequest;
import skillrunner.domain.run.RunStatus;

/**
 * What a client is told when its request is accepted. Whoever sends the request again under the same key is told the same,
 * wherever the run stands by then.
 *
 * @param request names the request
 * @param cacheHit whether an earlier run answers it
 * @param status of the run; empty while files are awaited
 * @param warnings stable words about what may go wrong, for example {@link
 *     skillrunner.application.engine.EngineReadiness#NOT_SIGNED_IN}
 */
public record Acceptance(RequestId request, boolean cacheHit, Optional<RunStatus> status, List<String> warnings) {
    /** Copies the list and refuses null parts. */
    public Acceptance {
        Objects.requireNonNull(request);
        Objects.requireNonNull(status);
        warnings = List.copyOf(warnings);
    }

    /**
     * Tells what becomes of a request.
     *
     * @param request the request as it is to be stored
     * @param warnings what may go wrong
     * @return what the client is told
     */
    static Acceptance of(RunRequest request, List<String> warnings) {
        return new Acceptance(
                request.id(),
                request.cacheHit(),
                request.runId().map(run -> request.cacheHit() ? RunStatus.SUCCEEDED : RunStatus.QUEUED),
                warnings);
    }
}
