package skillrunner.http.access;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import skillrunner.http.access.FailureLimit.Verdict;
import skillrunner.testkit.clock.ManualClock;

import static org.assertj.core.api.Assertions.assertThat;

class FailureLimitTest {
    private static final String CLIENT = "192.0.2.1";

    private final ManualClock clock = new ManualClock();
    private final FailureLimit limit = new FailureLimit(clock);

    @Test
    void ten_failures_are_free_and_the_next_attempt_waits_six_seconds() {
        assertThat(fail(CLIENT, 10)).containsOnly(new Verdict.Wrong());
        assertThat(right(CLIENT)).isEqualTo(new Verdict.Exhausted(6));
        clock.advance(Duration.ofMillis(5_001));
        assertThat(right(CLIENT)).isEqualTo(new Verdict.Exhausted(1));
        clock.advance(Duration.ofMillis(999));
        assertThat(right(CLIENT)).isEqualTo(new Verdict.Right());
    }

    @Test
    void while_none_is_left_nothing_is_looked_at() {
        fail(CLIENT, 10);

        Verdict verdict = limit.judge(CLIENT, () -> {
            throw new AssertionError("looked at");
        });

        assertThat(verdict).isInstanceOf(Verdict.Exhausted.class);
    }

    @Test
    void one_failure_comes_back_every_six_seconds_and_ten_after_a_minute() {
        fail(CLIENT, 10);
        clock.advance(Duration.ofSeconds(6));
        assertThat(fail(CLIENT, 2)).containsExactly(new Verdict.Wrong(), new Verdict.Exhausted(6));
        clock.advance(Duration.ofMinutes(1));
        assertThat(fail(CLIENT, 11)).endsWith(new Verdict.Wrong(), new Verdict.Exhausted(6));
        clock.advance(Duration.ofDays(1));
        assertThat(fail(CLIENT, 11)).endsWith(new Verdict.Wrong(), new Verdict.Exhausted(6));
    }

    @Test
    void a_right_one_costs_nothing_and_gives_nothing_back() {
        fail(CLIENT, 9);
        for (int i = 0; i < 100; i++) {
            assertThat(right(CLIENT)).isEqualTo(new Verdict.Right());
        }
        assertThat(fail(CLIENT, 2)).containsExactly(new Verdict.Wrong(), new Verdict.Exhausted(6));
    }

    @Test
    void waiting_attempts_do_not_make_the_wait_longer() {
        fail(CLIENT, 10);
        assertThat(fail(CLIENT, 50)).containsOnly(new Verdict.Exhausted(6));
        clock.advance(Duration.ofSeconds(6));
        assertThat(right(CLIENT)).isEqualTo(new Verdict.Right());
    }

    @Test
    void each_address_has_its_own() {
        fail(CLIENT, 10);

        assertThat(right("192.0.2.2")).isEqualTo(new Verdict.Right());
        assertThat(right("::ffff:192.0.2.1")).isEqualTo(new Verdict.Exhausted(6));
    }

    @Test
    void the_addresses_of_one_ipv6_network_count_as_one() {
        fail("[2001:db8:1:2:0:0:0:1]", 10);

        assertThat(right("2001:db8:1:2:ffff::5")).isEqualTo(new Verdict.Exhausted(6));
        assertThat(right("2001:db8:1:3::1")).isEqualTo(new Verdict.Right());
        assertThat(right("not:an:address")).isEqualTo(new Verdict.Right());
    }

    @Test
    void memory_is_bounded_and_the_oldest_failure_is_forgotten_first() {
        fail("first", 10);
        fail("second", 10);
        for (int i = 2; i < FailureLimit.MAX_CLIENTS; i++) {
            fail("client-" + i, 1);
        }
        assertThat(right("first")).isInstanceOf(Verdict.Exhausted.class);
        clock.advance(Duration.ofSeconds(6));
        fail("first", 1);
        fail("one more", 1);

        assertThat(limit.clients()).isEqualTo(FailureLimit.MAX_CLIENTS);
        assertThat(right("first")).isInstanceOf(Verdict.Exhausted.class);
        assertThat(fail("second", 2)).containsOnly(new Verdict.Wrong());
    }

    @Test
    void a_clock_that_is_set_back_locks_nobody_out() {
        fail(CLIENT, 10);
        clock.set(ManualClock.START.minus(Duration.ofDays(1)));
        assertThat(right(CLIENT)).isEqualTo(new Verdict.Exhausted(6));
        clock.advance(Duration.ofSeconds(6));
        assertThat(right(CLIENT)).isEqualTo(new Verdict.Right());
    }

    @Test
    void many_attempts_at_once_are_no_way_round() throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(8);
        try {
            List<Future<Verdict>> verdicts =
                    clients.invokeAll(Stream.generate(() -> (Callable<Verdict>) () -> limit.judge(CLIENT, () -> false))
                            .limit(200)
                            .toList());
            int wrong = 0;
            for (Future<Verdict> verdict : verdicts) {
                wrong += verdict.get() instanceof Verdict.Wrong ? 1 : 0;
            }
            assertThat(wrong).isEqualTo(10);
        } finally {
            clients.shutdownNow();
        }
    }

    private List<Verdict> fail(String client, int times) {
        return Stream.generate(() -> limit.judge(client, () -> false))
                .limit(times)
                .toList();
    }

    private Verdict right(String client) {
        return limit.judge(client, () -> true);
    }
}
