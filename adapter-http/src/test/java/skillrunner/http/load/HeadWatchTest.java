package skillrunner.http.load;

import java.time.Duration;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class HeadWatchTest {
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private final HeadWatch watch = new HeadWatch(DEADLINE, 0);

    @Test
    void a_head_that_drips_is_overdue_after_the_deadline_and_not_before() {
        for (int second = 0; second <= 10; second++) {
            assertThat(watch.isOverdue(seconds(second), 0, 0, second)).isFalse();
        }
        assertThat(watch.isOverdue(seconds(11), 0, 0, 11)).isTrue();
    }

    @Test
    void a_head_that_stops_half_way_is_overdue_as_well() {
        assertThat(watch.isOverdue(seconds(1), 0, 0, 17)).isFalse();
        assertThat(watch.isOverdue(seconds(11), 0, 0, 17)).isTrue();
    }

    @Test
    void a_connection_that_rests_is_not_overdue() {
        assertThat(watch.isOverdue(seconds(100), 0, 0, 0)).isFalse();
        assertThat(watch.isOverdue(seconds(101), 1, 1, 200)).isFalse();
        assertThat(watch.isOverdue(seconds(1_000), 1, 1, 200)).isFalse();
    }

    @Test
    void a_request_at_work_is_not_overdue_however_long_its_body_comes() {
        for (int second = 0; second < 1_000; second++) {
            assertThat(watch.isOverdue(seconds(second), 1, 0, second)).isFalse();
        }
    }

    @Test
    void the_second_head_of_a_connection_has_its_own_deadline() {
        assertThat(watch.isOverdue(seconds(100), 1, 1, 200)).isFalse();
        assertThat(watch.isOverdue(seconds(105), 1, 1, 201)).isFalse();
        assertThat(watch.isOverdue(seconds(110), 1, 1, 202)).isFalse();
        assertThat(watch.isOverdue(seconds(111), 1, 1, 203)).isTrue();
    }

    private static long seconds(int seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }
}
