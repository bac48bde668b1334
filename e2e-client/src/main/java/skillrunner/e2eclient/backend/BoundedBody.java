package skillrunner.e2eclient.backend;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** A body that is taken whole, if it is not too large. Used by one answer. */
final class BoundedBody implements HttpResponse.BodySubscriber<byte[]> {
    private final int limit;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CompletableFuture<byte[]> whole = new CompletableFuture<>();
    private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();

    BoundedBody(int limit) {
        this.limit = limit;
    }

    /** The body is longer than anybody wants to hold. */
    static final class TooLargeException extends IOException {
        private static final long serialVersionUID = 1L;

        TooLargeException(int limit) {
            super("more than " + limit + " bytes");
        }
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return whole;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscribed) {
        subscription.complete(subscribed);
        subscribed.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> piece) {
        for (ByteBuffer buffer : piece) {
            if (bytes.size() + buffer.remaining() > limit) {
                subscription.thenAccept(Flow.Subscription::cancel);
                whole.completeExceptionally(new TooLargeException(limit));
                return;
            }
            byte[] copied = new byte[buffer.remaining()];
            buffer.get(copied);
            bytes.write(copied, 0, copied.length);
        }
        subscription.thenAccept(it -> it.request(1));
    }

    @Override
    public void onError(Throwable failure) {
        whole.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        whole.complete(bytes.toByteArray());
    }
}
