package skillrunner.http.load;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;

/** A body as it comes, up to a limit and not more slowly than at a least rate. Used by one thread at a time. */
final class MeteredSource implements Content.Source {
    /** So much beyond the limit is passed over, for a client that is still sending may not read why it is refused. */
    static final long PASSED_OVER_BYTES = 8L * 1024 * 1024;

    private final Content.Source body;
    private final long limit;
    private final LeastRate rate;
    private final long begun = System.nanoTime();
    private long bytes;
    private Content.@Nullable Chunk failure;

    MeteredSource(Content.Source body, long limit, LeastRate rate) {
        this.body = body;
        this.limit = limit;
        this.rate = rate;
    }

    @Override
    public Content.@Nullable Chunk read() {
        if (failure != null) {
            return failure;
        }
        while (true) {
            Content.Chunk chunk = body.read();
            if (chunk == null) {
                return null;
            }
            if (Content.Chunk.isFailure(chunk)) {
                return chunk.getFailure() instanceof TimeoutException ? failed(tooSlow()) : chunk;
            }
            bytes += chunk.remaining();
            boolean last = chunk.isLast();
            boolean slow = !last && rate.isBroken(bytes, Duration.ofNanos(System.nanoTime() - begun));
            if (!slow && bytes <= limit) {
                return chunk;
            }
            chunk.release();
            if (slow) {
                return failed(tooSlow());
            }
            if (last || bytes > limit + PASSED_OVER_BYTES) {
                return failed(tooLarge(limit));
            }
        }
    }

    @Override
    public void demand(Runnable demandCallback) {
        body.demand(demandCallback);
    }

    /** Whoever reads has given up. The request itself goes on: it still gets its answer. */
    @Override
    public void fail(Throwable cause) {
        failure = failure == null ? failed(cause) : failure;
    }

    static RefusedException tooLarge(long limit) {
        return new RefusedException(ErrorCode.BODY_TOO_LARGE, "The body is larger than " + limit + " bytes");
    }

    private static RefusedException tooSlow() {
        return new RefusedException(ErrorCode.REQUEST_TOO_SLOW, "The body came too slowly");
    }

    private static Content.Chunk failed(Throwable failure) {
        return Content.Chunk.from(failure, true);
    }
}
