package skillrunner.domain.run;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RetentionPolicyTest {
    private static final Instant NOW = Instant.parse("2026-11-29T00:00:00Z");
    private static final Duration WEEK = Duration.ofDays(7);

    @Test
    void without_a_limit_nothing_ever_goes() {
        RetentionPolicy policy = new RetentionPolicy(Duration.ZERO, 0, 0);

        assertThat(expired(policy, runs(3, 10_000, 1_000_000))).isEmpty();
        assertThat(policy.limitsAnything()).isFalse();
    }

    @Test
    void what_ended_longer_ago_than_it_is_kept_goes() {
        RetentionPolicy policy = new RetentionPolicy(WEEK, 0, 0);
        List<RetentionPolicy.EndedRun> runs =
                List.of(run(1, Duration.ofDays(9), 0), run(2, WEEK.plusMillis(1), 0), run(3, Duration.ofDays(6), 0));

        assertThat(expired(policy, runs)).containsExactly(runs.get(0), runs.get(1));
    }

    @Test
    void what_is_exactly_as_old_as_it_is_kept_stays() {
        RetentionPolicy policy = new RetentionPolicy(WEEK, 0, 0);

        assertThat(expired(policy, List.of(run(1, WEEK, 0)))).isEmpty();
    }

    @Test
    void of_too_many_those_that_ended_first_go() {
        RetentionPolicy policy = new RetentionPolicy(Duration.ZERO, 2, 0);
        List<RetentionPolicy.EndedRun> runs = runs(5, 1, 0);

        assertThat(expired(policy, runs)).isEqualTo(runs.subList(0, 3));
    }

    @Test
    void as_many_go_as_the_rest_has_room() {
        RetentionPolicy policy = new RetentionPolicy(Duration.ZERO, 0, 250);
        List<RetentionPolicy.EndedRun> runs = runs(5, 1, 100);

        assertThat(expired(policy, runs)).isEqualTo(runs.subList(0, 3));
    }

    @Test
    void the_strictest_limit_counts() {
        RetentionPolicy policy = new RetentionPolicy(WEEK, 4, 250);
        List<RetentionPolicy.EndedRun> runs = new ArrayList<>(List.of(run(0, Duration.ofDays(8), 1)));
        runs.addAll(runs(5, 1, 100));

        assertThat(expired(policy, runs)).isEqualTo(runs.subList(0, 4));
    }

    @Test
    void limits_count_all_runs_and_not_only_the_page() {
        RetentionPolicy policy = new RetentionPolicy(Duration.ZERO, 10, 0);
        List<RetentionPolicy.EndedRun> page = runs(3, 1, 0);

        assertThat(policy.expired(page, new RetentionPolicy.Kept(12, 0), NOW)).isEqualTo(page.subList(0, 2));
        assertThat(policy.expired(page, new RetentionPolicy.Kept(40, 0), NOW)).isEqualTo(page);
    }

    @Test
    void a_limit_below_zero_is_refused() {
        assertThatThrownBy(() -> new RetentionPolicy(Duration.ofDays(-1), 0, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RetentionPolicy(WEEK, -1, 0)).hasMessage("runs can't be negative, and is -1");
        assertThatThrownBy(() -> new RetentionPolicy(WEEK, 0, -1)).hasMessage("bytes can't be negative, and is -1");
    }

    private static List<RetentionPolicy.EndedRun> expired(
            RetentionPolicy policy, List<RetentionPolicy.EndedRun> oldestFirst) {
        long bytes =
                oldestFirst.stream().mapToLong(RetentionPolicy.EndedRun::bytes).sum();
        return policy.expired(oldestFirst, new RetentionPolicy.Kept(oldestFirst.size(), bytes), NOW);
    }

    /** Oldest first, each a minute younger than the one before. */
    private static List<RetentionPolicy.EndedRun> runs(int number, long daysAgo, long bytes) {
        List<RetentionPolicy.EndedRun> runs = new ArrayList<>();
        for (int i = 1; i <= number; i++) {
            runs.add(run(i, Duration.ofDays(daysAgo).minusMinutes(i), bytes));
        }
        return runs;
    }

    private static RetentionPolicy.EndedRun run(int number, Duration ago, long bytes) {
        RunId id = new RunId("00000000-0000-4000-8000-" + String.format("%012d", number));
        return new RetentionPolicy.EndedRun(id, NOW.minus(ago), bytes);
    }
}
