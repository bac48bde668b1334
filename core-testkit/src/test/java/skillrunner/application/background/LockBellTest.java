package skillrunner.application.background;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThatCode;

/** A bell that does not wake holds these tests up until their time is over. */
@Timeout(60)
class LockBellTest {
    private static final Duration EVER = Duration.ofDays(1);

    @Test
    void what_rang_before_anybody_waited_is_heard() {
        Bell bell = new LockBell(EVER);
        bell.ring();

        assertThatCode(() -> bell.await(EVER)).doesNotThrowAnyException();
    }

    @Test
    void who_rings_soon_is_heard_after_a_moment() {
        Bell bell = new LockBell(Duration.ofMillis(1));
        bell.ringSoon();
        bell.ringSoon();

        assertThatCode(() -> bell.await(EVER)).doesNotThrowAnyException();
    }

    @Test
    void who_rings_soon_wakes_whoever_waits_already() throws InterruptedException {
        Bell bell = new LockBell(Duration.ofMillis(1));
        Thread waiter = new Thread(() -> {
            try {
                bell.await(EVER);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        waiter.start();
        while (waiter.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }

        bell.ringSoon();
        waiter.join();
    }

    @Test
    void a_ring_does_not_wait_for_the_moment() {
        Bell bell = new LockBell(EVER);
        bell.ringSoon();
        bell.ring();

        assertThatCode(() -> bell.await(EVER)).doesNotThrowAnyException();
    }

    @Test
    void nobody_waits_longer_than_wanted_for_the_moment() {
        Bell bell = new LockBell(EVER);
        bell.ringSoon();

        assertThatCode(() -> bell.await(Duration.ZERO)).doesNotThrowAnyException();
        assertThatCode(() -> bell.await(Duration.ofMillis(1))).doesNotThrowAnyException();
    }
}
