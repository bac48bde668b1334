package skillrunner.application.storage;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import skillrunner.domain.run.RetryPolicy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PatienceTest {
    private static final RetryPolicy TWICE_MORE = new RetryPolicy(List.of(Duration.ofMillis(1), Duration.ofMillis(2)));

    private final AtomicInteger tries = new AtomicInteger();
    private final List<Duration> rests = new ArrayList<>();

    private int unavailableUntil(int good) {
        if (tries.incrementAndGet() < good) {
            throw new UnavailableException("try " + tries, new IOException("fault"));
        }
        return tries.get();
    }

    @Test
    void what_becomes_available_is_had_after_the_pauses_of_the_policy() {
        assertThat(Patience.<Integer>with(TWICE_MORE, rests::add, () -> unavailableUntil(3)))
                .isEqualTo(3);
        assertThat(rests).containsExactlyElementsOf(TWICE_MORE.pauses());
    }

    @Test
    void what_never_is_available_is_given_up_with_the_last_reason() {
        assertThatThrownBy(() -> Patience.<Integer>with(TWICE_MORE, rests::add, () -> unavailableUntil(4)))
                .isInstanceOf(UnavailableException.class)
                .hasMessage("try 3");
        assertThat(rests).hasSize(2);
    }

    @Test
    void any_other_fault_is_not_outlasted() {
        assertThatThrownBy(() -> Patience.<Integer>with(TWICE_MORE, rests::add, () -> {
                    tries.incrementAndGet();
                    throw new IllegalStateException("broken");
                }))
                .hasMessage("broken");
        assertThat(tries).hasValue(1);
    }

    @Test
    void whoever_is_interrupted_meanwhile_is_told_the_reason_and_stays_interrupted() {
        assertThatThrownBy(() -> Patience.<Integer>with(
                        TWICE_MORE,
                        pause -> {
                            throw new InterruptedException();
                        },
                        () -> unavailableUntil(2)))
                .hasMessage("try 1");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void a_try_that_does_not_go_well_is_repeated_and_the_last_one_counts() throws Exception {
        assertThat(Patience.until(TWICE_MORE, tries::incrementAndGet, outcome -> outcome == 2))
                .isEqualTo(2);
        assertThat(Patience.until(TWICE_MORE, tries::incrementAndGet, outcome -> false))
                .isEqualTo(5);
    }
}
