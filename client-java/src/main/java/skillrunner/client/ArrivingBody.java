package skillrunner.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of an answer, one part at a time: the next one is asked for when this one is taken, so that whoever reads slowly holds the
 * server back instead of filling memory. The JDK's own stream waits for ever for a server that has gone silent; this one does not.
 */
final class ArrivingBody extends InputStream implements HttpResponse.BodySubscriber<ArrivingBody> {
    /** What arrives: bytes, the end (none and no failure) or a failure. */
    private record Part(List<ByteBuffer> bytes, @Nullable Throwable failure, boolean last) {}

    private final Duration silence;
    private final UnderWay underWay;
    private final Runnable toBreak = this::breakOff;
    private final BlockingQueue<Part> parts = new LinkedBlockingQueue<>();
    private volatile Flow.@Nullable Subscription subscription;
    private volatile boolean closed;
    private List<ByteBuffer> current = List.of();
    private int index;
    private @Nullable Part end;

    private ArrivingBody(Duration silence, UnderWay underWay) {
        this.silence = Objects.requireNonNull(silence);
        this.underWay = Objects.requireNonNull(underWay);
    }

    /** Begins one that may be silent for so long; from now on it is broken with all that is under way. */
    static ArrivingBody begin(Duration silence, UnderWay underWay) {
        ArrivingBody body = new ArrivingBody(silence, underWay);
        underWay.add(body.toBreak);
        return body;
    }

    /** There from the head of the answer on. */
    @Override
    public CompletionStage<ArrivingBody> getBody() {
        return CompletableFuture.completedFuture(this);
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        if (closed) {
            given.cancel();
        } else {
            given.request(1);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> item) {
        parts.add(new Part(item, null, false));
    }

    @Override
    public void onError(Throwable failure) {
        underWay.remove(toBreak);
        parts.add(new Part(List.of(), failure, true));
    }

    @Override
    public void onComplete() {
        underWay.remove(toBreak);
        parts.add(new Part(List.of(), null, true));
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, into.length);
        if (length == 0) {
            return 0;
        }
        ByteBuffer bytes = next();
        if (bytes == null) {
            return -1;
        }
        int count = Math.min(length, bytes.remaining());
        bytes.get(into, offset, count);
        return count;
    }

    @Override
    public int available() {
        return index < current.size() ? current.get(index).remaining() : 0;
    }

    @Override
    public void close() {
        underWay.remove(toBreak);
        end(new IOException("closed"));
    }

    private void breakOff() {
        end(new ClosedClientException());
    }

    private void end(IOException why) {
        closed = true;
        parts.clear();
        // Before the server is told: what the JDK says of a canceled answer is not why it ended.
        parts.add(new Part(List.of(), why, true));
        Flow.Subscription known = subscription;
        if (known != null) {
            known.cancel();
        }
    }

    private @Nullable ByteBuffer next() throws IOException {
        while (true) {
            while (index < current.size()) {
                if (current.get(index).hasRemaining()) {
                    return current.get(index);
                }
                index++;
            }
            if (end == null) {
                Part part = await();
                if (part.last()) {
                    end = part;
                } else {
                    current = part.bytes();
                    index = 0;
                    Objects.requireNonNull(subscription).request(1);
                }
                continue;
            }
            Throwable failure = end.failure();
            if (failure instanceof ClosedClientException broken) {
                throw broken;
            }
            if (failure != null) {
                throw new IOException("the answer was cut: " + failure.getMessage(), failure);
            }
            return null;
        }
    }

    private Part await() throws IOException {
        try {
            Part part = parts.poll(silence.toMillis(), TimeUnit.MILLISECONDS);
            if (part != null) {
                return part;
            }
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted while an answer arrived").initCause(e);
        }
        close();
        throw new HttpTimeoutException("nothing came for " + silence.toSeconds() + " s");
    }
}
