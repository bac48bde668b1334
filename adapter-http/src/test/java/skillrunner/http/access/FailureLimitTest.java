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
    private final ProvenClients proven = new ProvenClients();
    private final FailureLimit limit = new FailureLimit(clock, proven);
    private final Proofs proofs = new Proofs();

    @Test
    void ten_failures_are_free_and_then_each_attempt_takes_half_a_second() {
        assertThat(fail(CLIENT, 10)).containsOnly(new Verdict.Wrong(false));
        assertThat(right(CLIENT)).isEqualTo(later(500));
        assertThat(limit.judgeInTurn(CLIENT, proof(CLIENT, "right"), () -> true))
                .isEqualTo(new Verdict.Right());
    }

    @Test
    void the_right_password_is_never_kept_out_for_longer_than_the_line() {
        fail(CLIENT, 10);
        for (int step = 1; step <= 5; step++) {
            assertThat(wrong(CLIENT)).isEqualTo(later(500 * step));
        }
        assertThat(wrong(CLIENT)).isEqualTo(new Verdict.Full());
        clock.advance(Duration.ofMillis(500));
        assertThat(right(CLIENT)).isEqualTo(later(2_500));
    }

    @Test
    void while_a_client_is_slowed_nothing_is_looked_at_before_its_turn() {
        fail(CLIENT, 10);

        Verdict verdict = limit.judge(CLIENT, proof(CLIENT, "guess"), () -> {
            throw new AssertionError("looked at");
        });

        assertThat(verdict).isEqualTo(later(500));
    }

    @Test
    void hours_of_wrong_passwords_slow_no_longer_than_a_minute_without_one() {
        fail(CLIENT, 10);
        for (int i = 0; i < 1_000; i++) {
            assertThat(wrong(CLIENT)).isEqualTo(later(500));
            clock.advance(FailureLimit.STEP);
            assertThat(limit.judgeInTurn(CLIENT, proof(CLIENT, "guess"), () -> false))
                    .isEqualTo(new Verdict.Wrong(true));
        }
        assertThat(right(CLIENT)).isEqualTo(later(500));
        clock.advance(Duration.ofSeconds(6));
        assertThat(right(CLIENT)).isEqualTo(new Verdict.Right());
    }

    @Test
    void who_proved_the_password_within_the_last_day_is_not_held_up() {
        right(CLIENT);
        fail(CLIENT, 10);
        assertThat(wrong(CLIENT)).isEqualTo(later(500));
        assertThat(right(CLIENT)).isEqualTo(new Verdict.Right());

        for (int hour = 0; hour < 100; hour++) {
            clock.advance(Duration.ofHours(1));
            fail(CLIENT, 12);
            assertThat(right(CLIENT)).as("hour " + hour).isEqualTo(new Verdict.Right());
        }
        clock.advance(Duration.ofHours(24));
        fail(CLIENT, 10);
        assertThat(right(CLIENT)).isInstanceOf(Verdict.Later.class);
    }

    @Test
    void a_password_proved_at_one_address_opens_no_other() {
        right("192.0.2.2");
        fail(CLIENT, 10);

        assertThat(right(CLIENT)).isEqualTo(later(500));
        assertThat(right("192.0.2.2")).isEqualTo(new Verdict.Right());
    }

    @Test
    void one_failure_comes_back_every_six_seconds_and_ten_after_a_minute() {
        fail(CLIENT, 10);
        clock.advance(Duration.ofSeconds(6));
        assertThat(fail(CLIENT, 2)).containsExactly(new Verdict.Wrong(false), later(500));
        clock.advance(Duration.ofMinutes(1));
        assertThat(fail(CLIENT, 11)).endsWith(new Verdict.Wrong(false), later(500));
        clock.advance(Duration.ofDays(1));
        assertThat(fail(CLIENT, 11)).endsWith(new Verdict.Wrong(false), later(500));
    }

    @Test
    void a_right_one_costs_nothing_and_gives_nothing_back() {
        fail(CLIENT, 9);
        for (int i = 0; i < 100; i++) {
            assertThat(right(CLIENT)).isEqualTo(new Verdict.Right());
        }
        assertThat(fail(CLIENT, 2)).containsExactly(new Verdict.Wrong(false), later(500));
    }

    @Test
    void each_address_has_its_own() {
        fail(CLIENT, 10);

        assertThat(right("192.0.2.2")).isEqualTo(new Verdict.Right());
        assertThat(right("::ffff:192.0.2.1")).isEqualTo(later(500));
    }

    @Test
    void the_addresses_of_one_ipv6_network_count_as_one() {
        fail("[2001:db8:1:2:0:0:0:1]", 10);

        assertThat(right("2001:db8:1:2:ffff::5")).isEqualTo(later(500));
        assertThat(right("2001:db8:1:3::1")).isEqualTo(new Verdict.Right());
        assertThat(right("not:an:address")).isEqualTo(new Verdict.Right());
    }

    @Test
    void memory_is_bounded_and_the_oldest_is_forgotten_first() {
        fail("first", 10);
        fail("second", 10);
        for (int i = 2; i < FailureLimit.MAX_CLIENTS; i++) {
            fail("client-" + i, 1);
            right("proven-" + i);
        }
        assertThat(wrong("first")).isEqualTo(later(500));
        clock.advance(Duration.ofSeconds(6));
        fail("first", 1);
        fail("one more", 1);
        right("proven-a");
        right("proven-b");
        right("proven-c");

        assertThat(limit.clients()).isEqualTo(FailureLimit.MAX_CLIENTS);
        assertThat(proven.size()).isEqualTo(ProvenClients.MAX);
        assertThat(wrong("first")).isInstanceOf(Verdict.Later.class);
        assertThat(fail("second", 2)).containsOnly(new Verdict.Wrong(false));
    }

    @Test
    void a_clock_that_is_set_back_slows_nobody_for_longer() {
        fail(CLIENT, 10);
        clock.set(ManualClock.START.minus(Duration.ofDays(1)));
        assertThat(wrong(CLIENT)).isInstanceOf(Verdict.Later.class);
        clock.advance(Duration.ofSeconds(6));
        assertThat(right(CLIENT)).isEqualTo(new Verdict.Right());
    }

    @Test
    void many_attempts_at_once_are_no_way_round() throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(8);
        try {
            List<Future<Verdict>> verdicts =
                    clients.invokeAll(Stream.generate(() -> (Callable<Verdict>) () -> wrong(CLIENT))
                            .limit(200)
                            .toList());
            int wrong = 0;
            int waiting = 0;
            for (Future<Verdict> verdict : verdicts) {
                wrong += verdict.get() instanceof Verdict.Wrong ? 1 : 0;
                waiting += verdict.get() instanceof Verdict.Later ? 1 : 0;
            }
            assertThat(wrong).isEqualTo(10);
            assertThat(waiting).isEqualTo(5);
        } finally {
            clients.shutdownNow();
        }
    }

    @Test
    void a_proof_tells_neither_address_nor_password_and_is_worth_nothing_under_another_key() {
        Proof proof = new Proofs().of("192.0.2.1", "Basic c2VjcmV0");

        assertThat(proof.toString()).doesNotContain("192.0.2.1", "c2VjcmV0", "secret");
        assertThat(new Proofs().of("192.0.2.1", "Basic c2VjcmV0")).isNotEqualTo(proof);
    }

    private List<Verdict> fail(String client, int times) {
        return Stream.generate(() -> wrong(client)).limit(times).toList();
    }

    private Verdict wrong(String client) {
        return limit.judge(client, proof(client, "guess"), () -> false);
    }

    private Verdict right(String client) {
        return limit.judge(client, proof(client, "right"), () -> true);
    }

    private Proof proof(String client, String said) {
        return proofs.of(client, said);
    }

    private static Verdict later(int millis) {
        return new Verdict.Later(Duration.ofMillis(millis));
    }
}
