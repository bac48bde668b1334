package skillrunner.client;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ArrivingBodyTest {
    /** As the JDK from 21 on does: it tells the one who cancels that the answer was cut. */
    @Test
    void who_reads_while_the_client_is_closed_hears_of_that_and_of_nothing_else() {
        UnderWay underWay = new UnderWay();
        ArrivingBody body = ArrivingBody.begin(Duration.ofMinutes(1), underWay);
        CompletableFuture<IOException> heard = new CompletableFuture<>();
        Thread reader = new Thread(() -> {
            try {
                heard.completeExceptionally(new AssertionError("read " + body.read()));
            } catch (IOException e) {
                heard.complete(e);
            }
        });
        body.onSubscribe(new Flow.Subscription() {
            @Override
            public void request(long parts) {
                reader.start();
            }

            @Override
            public void cancel() {
                body.onError(new IOException("fixed content-length: 10, bytes received: 2"));
                heard.join();
            }
        });

        underWay.close();

        assertThat(heard).isCompletedWithValueMatching(ClosedClientException.class::isInstance);
    }
}
