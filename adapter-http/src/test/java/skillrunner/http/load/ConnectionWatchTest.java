package skillrunner.http.load;

import java.time.Duration;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ConnectionWatchTest {
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private final ConnectionWatch watch = new ConnectionWatch(0);

    @Test
    void a_head_that_drips_is_late_after_the_deadline_and_not_before() {
        for (int second = 0; second <= 10; second++) {
            assertThat(isHeadLate(second, second)).isFalse();
        }
        assertThat(isHeadLate(11, 11)).isTrue();
    }

    @Test
    void a_head_that_stops_half_way_is_late_as_well() {
        assertThat(isHeadLate(1, 17)).isFalse();
        assertThat(isHeadLate(11, 17)).isTrue();
    }

    @Test
    void a_connection_that_rests_is_not_late() {
        assertThat(isHeadLate(100, 0)).isFalse();
        requestFromTo(100, 101);
        assertThat(isHeadLate(101, 200)).isFalse();
        assertThat(isHeadLate(1_000, 200)).isFalse();
    }

    @Test
    void a_request_under_way_is_never_late_however_its_body_comes() {
        watch.begun();
        for (int second = 0; second < 1_000; second++) {
            assertThat(isHeadLate(second, 1_000L * second)).isFalse();
            assertThat(watch.isWithoutRequest(seconds(second), DEADLINE)).isFalse();
        }
    }

    @Test
    void the_second_head_of_a_connection_has_its_own_deadline() {
        requestFromTo(99, 100);
        assertThat(isHeadLate(100, 200)).isFalse();
        assertThat(isHeadLate(105, 201)).isFalse();
        assertThat(isHeadLate(110, 202)).isFalse();
        assertThat(isHeadLate(111, 203)).isTrue();
    }

    @Test
    void the_rest_of_a_body_that_nobody_read_is_no_head() {
        requestFromTo(1, 2);
        assertThat(isHeadLate(3, 5_000)).isFalse();
        assertThat(isHeadLate(100, 5_000)).isFalse();
    }

    @Test
    void a_request_that_began_before_the_end_of_the_last_one_stays_under_way() {
        long first = watch.begun();
        watch.begun();
        watch.ended(first, seconds(1));

        assertThat(watch.isWithoutRequest(seconds(100), DEADLINE)).isFalse();
        assertThat(isHeadLate(100, 5_000)).isFalse();
    }

    @Test
    void whoever_has_had_no_request_for_long_is_known() {
        assertThat(watch.isWithoutRequest(seconds(10), DEADLINE)).isFalse();
        assertThat(watch.isWithoutRequest(seconds(11), DEADLINE)).isTrue();
        requestFromTo(12, 13);
        assertThat(watch.isWithoutRequest(seconds(20), DEADLINE)).isFalse();
        assertThat(watch.isWithoutRequest(seconds(24), DEADLINE)).isTrue();
    }

    private boolean isHeadLate(int second, long bytesRead) {
        return watch.isHeadLate(seconds(second), bytesRead, DEADLINE);
    }

    private void requestFromTo(int begin, int end) {
        long request = watch.begun();
        isHeadLate(begin, 100);
        watch.ended(request, seconds(end));
    }

    private static long seconds(int seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }
}
