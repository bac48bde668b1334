package skillrunner.http.load;

import java.time.Duration;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LeastRateTest {
    private final LeastRate rate = new LeastRate(1024, Duration.ofSeconds(10), Duration.ofHours(1));

    @Test
    void in_the_time_of_grace_nothing_is_asked() {
        assertThat(rate.isBroken(0, Duration.ofSeconds(10))).isFalse();
        assertThat(rate.isBroken(0, Duration.ofMillis(10_001))).isTrue();
    }

    @Test
    void one_byte_a_second_is_too_slow_and_one_megabit_is_not() {
        assertThat(rate.isBroken(11, Duration.ofSeconds(11))).isTrue();
        for (int second = 0; second < 1_600; second++) {
            assertThat(rate.isBroken(125_000L * second, Duration.ofSeconds(second)))
                    .isFalse();
        }
    }

    @Test
    void the_average_counts_so_a_pause_is_forgiven() {
        assertThat(rate.isBroken(1024 * 100, Duration.ofSeconds(99))).isFalse();
        assertThat(rate.isBroken(1024 * 100, Duration.ofSeconds(101))).isTrue();
    }

    @Test
    void it_ends_as_a_whole_however_quick_it_is() {
        assertThat(rate.isBroken(Long.MAX_VALUE / 2, Duration.ofHours(1))).isFalse();
        assertThat(rate.isBroken(Long.MAX_VALUE / 2, Duration.ofHours(1).plusMillis(1)))
                .isTrue();
    }
}
