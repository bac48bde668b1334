package skillrunner.oauth;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** A body in memory, up to a length: a provider's answer is short, and one that is not is no answer. */
final class LimitedBody implements HttpResponse.BodySubscriber<byte[]> {
    private final HttpResponse.BodySubscriber<byte[]> whole = HttpResponse.BodySubscribers.ofByteArray();
    private long left;
    private Flow.@Nullable Subscription subscription;

    LimitedBody(long most) {
        this.left = most;
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return whole.getBody();
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        whole.onSubscribe(given);
    }

    @Override
    public void onNext(List<ByteBuffer> parts) {
        left -= parts.stream().mapToLong(ByteBuffer::remaining).sum();
        Flow.Subscription present = subscription;
        if (left < 0 && present != null) {
            present.cancel();
            whole.onError(new TooLongException());
        } else {
            whole.onNext(parts);
        }
    }

    @Override
    public void onError(Throwable why) {
        whole.onError(why);
    }

    @Override
    public void onComplete() {
        whole.onComplete();
    }

    /** The answer was longer than any that is meant. */
    static final class TooLongException extends IOException {
        private static final long serialVersionUID = 1L;

        TooLongException() {
            super("the answer is too long");
        }
    }
}
