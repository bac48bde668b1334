package skillrunner.testkit.run;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunChange;
import skillrunner.domain.run.RunFailureCode;
import skillrunner.domain.run.RunId;
import skillrunner.domain.run.RunLifecycle;
import skillrunner.domain.run.RunMove;
import skillrunner.domain.run.RunStatus;

import static org.assertj.core.api.Assertions.assertThat;

/** What every store of moves promises: each change of a run, by whatever way it is made, is there with the change, once. */
public abstract class RunMovesContract extends RunStoresContract {
    private static final Instant AT_LAST = LATER.plusNanos(5_000);

    @Test
    void a_run_that_waits_for_its_first_slot_has_not_moved() {
        Run queued = admitted(1).get(0);

        assertThat(moves().after(queued.id(), 0)).isEmpty();
        assertThat(moves().after(new RunId("99999999-9999-4999-8999-999999999999"), 0))
                .isEmpty();
    }

    @Test
    void the_way_of_a_run_is_told_in_its_order() {
        admitted(1);
        Run taken = runs().takeNextQueued(RunFixtures.LEASE, NOW).orElseThrow();
        RunChange reattached = taken.reattached(LATER);
        runs().save(reattached);
        runs().save(reattached.after().failed(RunFixtures.aFailure(), List.of(), AT_LAST));

        assertThat(moves().after(taken.id(), 0))
                .containsExactly(
                        move(taken, 1, RunStatus.QUEUED, RunLifecycle.Event.TURN_STARTED, RunStatus.RUNNING, NOW),
                        move(
                                taken,
                                2,
                                RunStatus.RUNNING,
                                RunLifecycle.Event.RESTART_PRESERVED,
                                RunStatus.RUNNING,
                                LATER),
                        new RunMove(
                                taken.id(),
                                3,
                                1,
                                RunStatus.RUNNING,
                                RunLifecycle.Event.TURN_FAILED,
                                RunStatus.FAILED,
                                Optional.of(RunFailureCode.ENGINE_EXIT_NONZERO),
                                AT_LAST));
    }

    @Test
    void whoever_knows_some_moves_is_told_the_rest() {
        Run run = succeeded();

        assertThat(moves().after(run.id(), 1)).extracting(RunMove::ordinal).containsExactly(2);
        assertThat(moves().after(run.id(), 2)).isEmpty();
        assertThat(moves().after(run.id(), 77)).isEmpty();
    }

    @Test
    void a_cancellation_in_the_queue_is_a_move_of_the_attempt_that_never_began() {
        Run queued = admitted(1).get(0);

        runs().requestCancel(queued.id(), LATER);

        assertThat(moves().after(queued.id(), 0))
                .containsExactly(new RunMove(
                        queued.id(),
                        1,
                        1,
                        RunStatus.QUEUED,
                        RunLifecycle.Event.CANCELED_BY_USER,
                        RunStatus.CANCELED,
                        Optional.of(RunFailureCode.CANCELED_BY_USER),
                        LATER));
    }

    @Test
    void a_wish_is_no_move() {
        Run running = running();

        runs().requestCancel(running.id(), LATER);

        assertThat(moves().after(running.id(), 1)).isEmpty();
    }

    @Test
    void a_change_of_the_owner_is_no_move() {
        Run running = running();

        runs().takeOver(running.id(), RunFixtures.lease("another"), LATER);

        assertThat(moves().after(running.id(), 1)).isEmpty();
    }

    @Test
    void what_came_too_late_is_no_move() {
        Run running = running();
        runs().save(running.succeeded(List.of(), LATER));

        assertThat(runs().save(running.failed(RunFixtures.aFailure(), List.of(), AT_LAST)))
                .isFalse();

        assertThat(moves().after(running.id(), 1)).extracting(RunMove::to).containsExactly(RunStatus.SUCCEEDED);
    }

    @RepeatedTest(5)
    void of_racing_ends_one_is_a_move() {
        Run running = running();
        List<Callable<Boolean>> ends = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            ends.add(() -> runs().save(running.succeeded(List.of(), LATER)));
        }

        Racing.race(ends);

        assertThat(moves().after(running.id(), 0)).extracting(RunMove::ordinal).containsExactly(1, 2);
    }

    @Test
    void runs_are_kept_apart() {
        Run one = running();
        Run other = succeeded();

        assertThat(moves().after(one.id(), 0)).extracting(RunMove::run).containsOnly(one.id());
        assertThat(moves().after(other.id(), 0)).hasSize(2);
    }

    @Test
    void moves_go_with_their_run() {
        Run run = succeeded();

        removals().mark(List.of(run.id()), LATER);
        assertThat(moves().after(run.id(), 0)).isEmpty();

        removals().delete(List.of(run.id()));
        assertThat(moves().after(run.id(), 0)).isEmpty();
    }

    private static RunMove move(
            Run run, int ordinal, RunStatus from, RunLifecycle.Event event, RunStatus to, Instant at) {
        return new RunMove(run.id(), ordinal, 1, from, event, to, Optional.empty(), at);
    }
}
