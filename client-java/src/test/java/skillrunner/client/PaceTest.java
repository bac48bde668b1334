package skillrunner.client;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Who sends much is waited with for as long as some of it is taken, and for no longer than there is time. */
class PaceTest {
    private final AtomicLong nanos = new AtomicLong(-5);
    private final Pace pace = new Pace(Duration.ofSeconds(10), Duration.ofSeconds(25), nanos::get);

    @Test
    void silence_is_measured_from_the_last_byte_that_was_taken() {
        pass(9);
        assertThat(pace.left()).isEqualTo(Duration.ofSeconds(1));
        pace.moved();
        assertThat(pace.left()).isEqualTo(Duration.ofSeconds(10));
        pass(10);
        assertThat(pace.left()).isZero();
    }

    @Test
    void taking_a_little_again_and_again_does_not_last_for_ever() {
        pass(9);
        pace.moved();
        pass(9);
        pace.moved();
        assertThat(pace.left()).isEqualTo(Duration.ofSeconds(7));
        pass(8);
        pace.moved();
        assertThat(pace.left()).isEqualTo(Duration.ofSeconds(-1));
    }

    private void pass(long seconds) {
        nanos.addAndGet(Duration.ofSeconds(seconds).toNanos());
    }
}
