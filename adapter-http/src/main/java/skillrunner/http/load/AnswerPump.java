package skillrunner.http.load;

import io.javalin.http.Context;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * Sends one answer as fast as its client reads, without a thread while it does not. A client below the least rate is let go;
 * one that does not read at all meets the connection's idle timeout.
 */
final class AnswerPump implements WriteListener {
    private static final int PIECE_BYTES = 16 * 1024;

    /** The network takes the first megabytes at once, so the rate counts in the long run only. */
    private static final LeastRate RATE = new LeastRate(1024, Duration.ofSeconds(30), Duration.ofHours(6));

    private final InputStream body;
    private final ServletOutputStream out;
    private final Request request;
    private final CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
    private final byte[] piece = new byte[PIECE_BYTES];
    private final long begun = System.nanoTime();
    private long sent;

    private AnswerPump(InputStream body, ServletOutputStream out, Request request) {
        this.body = body;
        this.out = out;
        this.request = request;
    }

    /** To be called once the request is asynchronous. @return complete when all was sent or the client is gone */
    static CompletableFuture<@Nullable Void> send(Context ctx, InputStream body) {
        try {
            ServletOutputStream out = ctx.res().getOutputStream();
            AnswerPump pump = new AnswerPump(body, out, ServletContextRequest.getServletContextRequest(ctx.req()));
            out.setWriteListener(pump);
            return pump.done;
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public void onWritePossible() throws IOException {
        while (out.isReady()) {
            int count = body.read(piece);
            if (count < 0) {
                end();
                return;
            }
            sent += count;
            if (RATE.isBroken(sent, Duration.ofNanos(System.nanoTime() - begun))) {
                letGo();
                return;
            }
            out.write(piece, 0, count);
        }
    }

    @Override
    public void onError(Throwable t) {
        letGo();
    }

    /** An answer that is cut off must not look whole, so the connection ends with it. */
    private void letGo() {
        request.getConnectionMetaData().getConnection().getEndPoint().close();
        end();
    }

    private void end() {
        try {
            body.close();
        } catch (IOException e) {
            done.completeExceptionally(e);
        }
        done.complete(null);
    }
}
