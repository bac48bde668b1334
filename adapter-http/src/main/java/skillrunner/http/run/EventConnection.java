package skillrunner.http.run;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's stream of events. Holds no thread while there is nothing to send or the client does not read, and no
 * output but what it is about to write. Wake-ups may come from any thread; only one of them pumps at a time.
 */
final class EventConnection implements WriteListener, AsyncListener {
    /** So much is written at once where there is more. */
    private static final int BATCH_BYTES = 32 * 1024;

    /** So often is written before others have their turn. */
    private static final int BATCHES_IN_TURN = 16;

    private static final byte[] NOTHING = {};

    private static final Logger LOG = LoggerFactory.getLogger(EventConnection.class);

    private final AsyncContext async;
    private final CompletableFuture<@Nullable Void> done;
    private final FrameOutput out;
    private final StreamPumps pumps;
    private final Clock clock;
    private final Runnable onClosed;

    /** Wake-ups that no pump has looked at yet; who brings it from zero pumps. */
    private final AtomicInteger wakeUps = new AtomicInteger();

    private @Nullable StreamFeed feed;

    /** Before the container has said that something can be sent, a wake-up must not send: it would block, and keep the container from beginning. */
    private volatile boolean begun;

    private final long begunNanos = System.nanoTime();
    private volatile boolean heartbeatDue;
    private final AtomicBoolean beating = new AtomicBoolean();
    private volatile boolean shutDown;
    private volatile boolean closed;
    private volatile long lastFrameNanos = System.nanoTime();

    /** Since when there may be something that was not sent; 0 if there is nothing. */
    private volatile long behindSinceNanos;

    EventConnection(
            AsyncContext async,
            CompletableFuture<@Nullable Void> done,
            FrameOutput out,
            StreamPumps pumps,
            Clock clock,
            Runnable onClosed) {
        this.async = async;
        this.done = done;
        this.out = out;
        this.pumps = pumps;
        this.clock = clock;
        this.onClosed = onClosed;
    }

    /** Begins to send. To be called once. */
    void begin(StreamFeed what) {
        feed = what;
        async.addListener(this);
        out.toldTo(this);
    }

    /** May be called from any thread, also before {@link #begin}. */
    void wake() {
        if (behindSinceNanos == 0) {
            behindSinceNanos = System.nanoTime();
        }
        if (wakeUps.getAndIncrement() == 0) {
            pumps.news(this::pump);
        }
    }

    private void sendLater() {
        if (wakeUps.getAndIncrement() == 0) {
            pumps.later(this::pump);
        }
    }

    /** How long the client has been waiting, or been kept waiting by itself, for what there may be. */
    long lagNanos() {
        long since = behindSinceNanos;
        return since == 0 ? 0 : System.nanoTime() - since;
    }

    /** Sends a heartbeat if nothing was sent for so long, and ends the stream if it has been open for so long. */
    void beat(long silenceNanos, long ageNanos) {
        if (System.nanoTime() - begunNanos >= ageNanos) {
            shutDown();
        } else if (System.nanoTime() - lastFrameNanos >= silenceNanos && beating.compareAndSet(false, true)) {
            pumps.later(this::beatNow);
        }
    }

    /** News that came meanwhile has broken the silence. */
    private void beatNow() {
        beating.set(false);
        heartbeatDue = true;
        if (wakeUps.getAndIncrement() == 0) {
            pump();
        }
    }

    /** Ends the stream without an end frame: the client comes back and goes on where it was. */
    void shutDown() {
        shutDown = true;
        wake();
    }

    private void pump() {
        int seen;
        do {
            seen = wakeUps.get();
            if (!closed && begun && feed != null && !sent(feed)) {
                // Others wait too; the count stays, so nobody else begins to pump.
                pumps.later(this::pump);
                return;
            }
        } while (!wakeUps.compareAndSet(seen, 0));
    }

    /** Sends what there is. @return false if there is more, and it is the turn of others */
    private boolean sent(StreamFeed what) {
        boolean broken = true;
        try {
            boolean all = send(what);
            broken = false;
            return all;
        } catch (IOException e) {
            LOG.debug("a client that followed has gone", e);
            return true;
        } catch (RuntimeException e) {
            LOG.error("a stream of events broke", e);
            return true;
        } finally {
            // Also for an Error, which is told by whoever gives threads: the client must not be counted for ever.
            if (broken) {
                close();
            }
        }
    }

    private boolean send(StreamFeed what) throws IOException {
        for (int batch = 0; batch < BATCHES_IN_TURN; batch++) {
            if (!out.isReady()) {
                return true;
            }
            if (shutDown) {
                close();
                return true;
            }
            byte[] frames = gathered(what);
            if (frames.length == 0) {
                if (what.finished()) {
                    close();
                    return true;
                }
                if (!heartbeatDue) {
                    behindSinceNanos = 0;
                    return true;
                }
                frames = what.heartbeat(clock.instant());
            }
            heartbeatDue = false;
            lastFrameNanos = System.nanoTime();
            out.send(frames);
        }
        return false;
    }

    /** What comes next, as much as is written at once; one frame alone is not copied, and is not kept waiting for a look at what may follow. */
    private static byte[] gathered(StreamFeed what) {
        Optional<byte[]> first = what.next();
        if (first.isEmpty()) {
            return NOTHING;
        }
        if (first.get().length >= BATCH_BYTES) {
            return first.get();
        }
        Optional<byte[]> next = following(what);
        if (next.isEmpty()) {
            return first.get();
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream(2 * BATCH_BYTES);
        all.writeBytes(first.get());
        while (next.isPresent()) {
            all.writeBytes(next.get());
            next = all.size() < BATCH_BYTES ? following(what) : Optional.empty();
        }
        return all.toByteArray();
    }

    private static Optional<byte[]> following(StreamFeed what) {
        return what.hasBacklog() ? what.next() : Optional.empty();
    }

    private void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            if (feed != null) {
                feed.close();
            }
        } finally {
            onClosed.run();
            // The framework owns the request's end; it completes the asynchronous context.
            done.complete(null);
        }
    }

    @Override
    public void onWritePossible() {
        if (begun) {
            // It has a backlog, and has taken all that the network holds.
            sendLater();
        } else {
            begun = true;
            wake();
        }
    }

    @Override
    public void onError(Throwable t) {
        close();
    }

    @Override
    public void onComplete(AsyncEvent event) {
        close();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        close();
    }

    @Override
    public void onError(AsyncEvent event) {
        close();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        LOG.debug("a stream of events was started again");
    }
}
