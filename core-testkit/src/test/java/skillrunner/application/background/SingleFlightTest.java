package skillrunner.application.background;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class SingleFlightTest {
    private final SingleFlight<String, Integer> flights = new SingleFlight<>();
    private final AtomicInteger works = new AtomicInteger();
    private final CountDownLatch atWork = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);

    /** Asks on another thread, which is at work when this returns. */
    private CompletableFuture<Integer> first(Runnable end) throws InterruptedException {
        CompletableFuture<Integer> first = CompletableFuture.supplyAsync(() -> flights.await("a", () -> {
            atWork.countDown();
            waitFor(goOn);
            end.run();
            return works.incrementAndGet();
        }));
        assertThat(atWork.await(30, TimeUnit.SECONDS)).isTrue();
        return first;
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void who_asks_meanwhile_is_given_the_same_answer_without_waiting_for_it() throws Exception {
        CompletableFuture<Integer> first = first(() -> {});

        CompletableFuture<Integer> second = flights.ask("a", works::incrementAndGet);

        assertThat(second).isNotDone();
        goOn.countDown();
        assertThat(second.join()).isEqualTo(1);
        assertThat(first.join()).isEqualTo(1);
    }

    @Test
    void another_key_does_not_wait() throws Exception {
        CompletableFuture<Integer> first = first(() -> {});

        assertThat(flights.await("b", () -> 7)).isEqualTo(7);

        goOn.countDown();
        assertThat(first.join()).isEqualTo(1);
    }

    @Test
    void who_asks_after_the_answer_starts_anew() {
        assertThat(flights.await("a", works::incrementAndGet)).isEqualTo(1);
        assertThat(flights.await("a", works::incrementAndGet)).isEqualTo(2);
    }

    @Test
    void what_the_work_throws_all_who_waited_are_told_and_the_next_starts_anew() throws Exception {
        for (Throwable thrown :
                new Throwable[] {new IllegalStateException("lost"), new OutOfMemoryError("none left")}) {
            assertThatThrownBy(() -> flights.await("b", () -> {
                        throw unchecked(thrown);
                    }))
                    .isSameAs(thrown);
        }
        CompletableFuture<Integer> first = first(() -> {
            throw new OutOfMemoryError("none left");
        });
        CompletableFuture<Integer> second = flights.ask("a", works::incrementAndGet);
        goOn.countDown();

        assertThatThrownBy(first::join)
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(OutOfMemoryError.class);
        assertThatThrownBy(second::join).hasCauseInstanceOf(OutOfMemoryError.class);
        assertThat(flights.await("a", () -> 7)).isEqualTo(7);
    }

    private static RuntimeException unchecked(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        return (RuntimeException) thrown;
    }
}
