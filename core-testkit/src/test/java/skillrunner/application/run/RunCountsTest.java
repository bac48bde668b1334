package skillrunner.application.run;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunChange;
import skillrunner.domain.run.RunRequest;
import skillrunner.domain.run.RunStatus;
import skillrunner.testkit.run.InMemoryRuns;
import skillrunner.testkit.run.RunFixtures;

import static org.assertj.core.api.Assertions.assertThat;

class RunCountsTest {
    private final RunFixtures fixtures = new RunFixtures();
    private final InMemoryRuns store = new InMemoryRuns();
    private final RunCounts counts = new RunCounts();
    private final Runs runs = new CountedRuns(store, counts);

    @Test
    void each_end_is_counted_once_by_whoever_stored_it() {
        queued();
        Run run = runs.takeNextQueued(RunFixtures.LEASE, RunFixtures.NOW).orElseThrow();
        RunChange end = run.succeeded(List.of(), RunFixtures.NOW);

        assertThat(runs.save(end)).isTrue();
        assertThat(runs.save(end)).isFalse();

        assertThat(counts.runsEnded(RunStatus.SUCCEEDED)).isEqualTo(1);
        assertThat(counts.runsEnded(RunStatus.FAILED)).isZero();
        assertThat(counts.runsEnded(RunStatus.RUNNING)).isZero();
    }

    @Test
    void a_run_that_is_canceled_while_it_waits_is_counted_and_a_wish_is_not() {
        Run waiting = queued();
        runs.requestCancel(waiting.id(), RunFixtures.NOW);
        runs.requestCancel(waiting.id(), RunFixtures.NOW);
        queued();
        Run working = runs.takeNextQueued(RunFixtures.LEASE, RunFixtures.NOW).orElseThrow();
        runs.requestCancel(working.id(), RunFixtures.NOW);

        assertThat(counts.runsEnded(RunStatus.CANCELED)).isEqualTo(1);
    }

    @Test
    void the_wait_for_a_slot_is_added_up() {
        queued();
        queued();
        runs.takeNextQueued(RunFixtures.LEASE, RunFixtures.NOW.plusSeconds(2));
        runs.takeNextQueued(RunFixtures.LEASE, RunFixtures.NOW.plusSeconds(5));
        runs.takeNextQueued(RunFixtures.LEASE, RunFixtures.NOW.plusSeconds(9));

        assertThat(counts.runsTaken()).isEqualTo(2);
        assertThat(counts.waited()).isEqualTo(Duration.ofSeconds(7));
    }

    private Run queued() {
        RunRequest request = fixtures.awaitingRequest();
        Run run = fixtures.queuedRun(request);
        store.admit(request.servedBy(run.id(), false), run, 10, Optional.empty());
        return run;
    }
}
