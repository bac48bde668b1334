package skillrunner.e2eclient.backend;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A body that is taken piece by piece; the next one is asked for when the last one was taken, so that no more than one is held. */
final class BodyPieces implements HttpResponse.BodySubscriber<BodyPieces>, AutoCloseable {
    private record Piece(List<ByteBuffer> buffers, boolean last, @Nullable Throwable failure) {}

    private final BlockingQueue<Piece> arrived = new LinkedBlockingQueue<>();
    private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();

    BodyPieces() {}

    @Override
    public CompletionStage<BodyPieces> getBody() {
        return CompletableFuture.completedStage(this);
    }

    @Override
    public void onSubscribe(Flow.Subscription subscribed) {
        if (!subscription.complete(subscribed)) {
            subscribed.cancel();
            return;
        }
        subscribed.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        arrived.add(new Piece(buffers, false, null));
    }

    @Override
    public void onError(Throwable failure) {
        arrived.add(new Piece(List.of(), true, failure));
    }

    @Override
    public void onComplete() {
        arrived.add(new Piece(List.of(), true, null));
    }

    /**
     * Takes the next bytes.
     *
     * @param patience how long they may be waited for
     * @return some bytes, or empty at the end
     * @throws IOException if the body was cut off, or nothing came
     */
    Optional<byte[]> next(Duration patience) throws IOException, InterruptedException {
        Piece piece = arrived.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
        if (piece == null) {
            throw new IOException("nothing came for " + patience.toSeconds() + " seconds");
        }
        if (piece.failure() != null) {
            throw new IOException("it was cut off", piece.failure());
        }
        if (piece.last()) {
            return Optional.empty();
        }
        int size = piece.buffers().stream().mapToInt(ByteBuffer::remaining).sum();
        ByteBuffer all = ByteBuffer.allocate(size);
        piece.buffers().forEach(all::put);
        subscription.thenAccept(it -> it.request(1));
        return Optional.of(all.array());
    }

    /** Lets go of the connection; whoever waits for a piece is told. */
    @Override
    public void close() {
        subscription.cancel(false);
        if (!subscription.isCancelled()) {
            subscription.thenAccept(Flow.Subscription::cancel);
        }
        arrived.add(new Piece(List.of(), true, new IOException("closed")));
    }
}
