package skillrunner.application.run.admission;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.run.RequestId;

/** One upload for a request at a time, so that two never write into one place. Safe for concurrent use. */
final class UploadTurns {
    private final Set<RequestId> busy = ConcurrentHashMap.newKeySet();

    /** Takes what comes. */
    interface Upload<T> {
        T take() throws IOException;
    }

    /**
     * Takes an upload unless another one is being taken.
     *
     * @throws RefusedException with {@code RUN_ALREADY_STARTED} if one is
     * @throws IOException if the sender broke off
     */
    <T> T alone(RequestId request, Upload<T> upload) throws IOException {
        if (!busy.add(request)) {
            throw new RefusedException(ErrorCode.RUN_ALREADY_STARTED, "Another upload for this request is being taken");
        }
        try {
            return upload.take();
        } finally {
            busy.remove(request);
        }
    }
}
