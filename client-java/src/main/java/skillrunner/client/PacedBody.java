package skillrunner.client;

import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.Flow;

/** A body that tells whenever some of it is taken. */
final class PacedBody implements BodyPublisher {
    private final BodyPublisher body;
    private final Runnable moved;

    PacedBody(BodyPublisher body, Runnable moved) {
        this.body = Objects.requireNonNull(body);
        this.moved = Objects.requireNonNull(moved);
    }

    @Override
    public long contentLength() {
        return body.contentLength();
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
        body.subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscriber.onSubscribe(subscription);
            }

            @Override
            public void onNext(ByteBuffer bytes) {
                moved.run();
                subscriber.onNext(bytes);
            }

            @Override
            public void onError(Throwable failure) {
                subscriber.onError(failure);
            }

            @Override
            public void onComplete() {
                moved.run();
                subscriber.onComplete();
            }
        });
    }
}
