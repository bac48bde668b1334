package skillrunner.application.run.admission;

import java.util.Objects;
import java.util.Optional;
import skillrunner.application.run.FindRun;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.run.RequestId;
import skillrunner.domain.run.RequestKind;
import skillrunner.domain.run.TempRequest;

/** Looks a temporary request up, before its skill has come and after. Safe for concurrent use. */
public final class FindTempRun {
    private final TempRequests waiting;
    private final FindRun findRun;

    public FindTempRun(TempRequests waiting, FindRun findRun) {
        this.waiting = Objects.requireNonNull(waiting);
        this.findRun = Objects.requireNonNull(findRun);
    }

    /**
     * Finds a request that waits for its skill.
     *
     * @param id the request
     * @return the request, or empty if it has a run or does not exist
     */
    public Optional<TempRequest> waiting(RequestId id) {
        return waiting.find(id);
    }

    /**
     * Finds the run of a request.
     *
     * @param id the request
     * @return the run
     * @throws RefusedException with {@code REQUEST_NOT_FOUND}, also for the request of a job, or {@code RUN_NOT_FOUND} while
     *     the request waits for its skill
     */
    public FindRun.Found run(RequestId id) {
        if (waiting.find(id).isPresent()) {
            throw new RefusedException(
                    ErrorCode.RUN_NOT_FOUND, "Run not found: the request is waiting for its skill package");
        }
        return findRun.find(id, RequestKind.TEMP);
    }
}
