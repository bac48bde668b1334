package skillrunner.domain.run;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.skill.SkillId;

import static org.assertj.core.api.Assertions.assertThat;
import static skillrunner.domain.run.RunMilestone.Kind.KEPT_OVER_RESTART;
import static skillrunner.domain.run.RunMilestone.Kind.REACHED;

class RunMilestoneTest {
    private static final Instant ADMITTED = Instant.parse("2026-11-22T08:00:00Z");
    private static final Instant STARTED = ADMITTED.plusSeconds(1);
    private static final Instant LATER = ADMITTED.plusSeconds(5);

    @Test
    void a_queued_run_has_only_its_admission() {
        assertThat(RunMilestone.of(queued(), List.of()))
                .containsExactly(new RunMilestone(RunStatus.QUEUED, ADMITTED, REACHED));
    }

    @Test
    void a_run_that_ended_shows_every_step() {
        Run ended = running(queued()).succeeded(List.of(), LATER).after();

        assertThat(RunMilestone.of(ended, List.of(turn(1, STARTED))))
                .containsExactly(
                        new RunMilestone(RunStatus.QUEUED, ADMITTED, REACHED),
                        new RunMilestone(RunStatus.RUNNING, STARTED, REACHED),
                        new RunMilestone(RunStatus.SUCCEEDED, LATER, REACHED));
    }

    @Test
    void a_run_that_outlived_a_server_shows_the_restart() {
        Run kept = running(queued()).reattached(LATER).after();

        assertThat(RunMilestone.of(kept, List.of(turn(1, STARTED))))
                .last()
                .isEqualTo(new RunMilestone(RunStatus.RUNNING, LATER, KEPT_OVER_RESTART));
    }

    @Test
    void a_run_that_a_restart_ended_shows_its_end_once() {
        Run lost = running(queued())
                .interrupted(new RunFailure(RunFailureCode.ORCHESTRATOR_RESTART_INTERRUPTED, "gone"), LATER)
                .after();

        assertThat(RunMilestone.of(lost, List.of(turn(1, STARTED))))
                .extracting(RunMilestone::status)
                .containsExactly(RunStatus.QUEUED, RunStatus.RUNNING, RunStatus.FAILED);
    }

    @Test
    void between_two_turns_a_run_waited() {
        Run second = in(RunStatus.RUNNING, 2, Recovery.NONE, ADMITTED.plusSeconds(90));

        assertThat(RunMilestone.of(second, List.of(ended(1, STARTED, LATER), turn(2, ADMITTED.plusSeconds(90)))))
                .containsExactly(
                        new RunMilestone(RunStatus.QUEUED, ADMITTED, REACHED),
                        new RunMilestone(RunStatus.RUNNING, STARTED, REACHED),
                        new RunMilestone(RunStatus.WAITING_USER, LATER, REACHED),
                        new RunMilestone(RunStatus.RUNNING, ADMITTED.plusSeconds(90), REACHED));
    }

    @Test
    void a_restart_stands_in_the_turn_that_it_met() {
        Run second = in(RunStatus.RUNNING, 2, Recovery.reattached(STARTED.plusSeconds(1)), ADMITTED.plusSeconds(90));

        assertThat(RunMilestone.of(second, List.of(ended(1, STARTED, LATER), turn(2, ADMITTED.plusSeconds(90)))))
                .containsExactly(
                        new RunMilestone(RunStatus.QUEUED, ADMITTED, REACHED),
                        new RunMilestone(RunStatus.RUNNING, STARTED, REACHED),
                        new RunMilestone(RunStatus.RUNNING, STARTED.plusSeconds(1), KEPT_OVER_RESTART),
                        new RunMilestone(RunStatus.WAITING_USER, LATER, REACHED),
                        new RunMilestone(RunStatus.RUNNING, ADMITTED.plusSeconds(90), REACHED));
    }

    @Test
    void a_run_that_waited_over_a_restart_waits_since_its_turn_ended() {
        Instant restarted = ADMITTED.plusSeconds(900);
        Run waiting = in(RunStatus.WAITING_USER, 1, Recovery.waiting(restarted), restarted);

        assertThat(RunMilestone.of(waiting, List.of(ended(1, STARTED, LATER))))
                .containsExactly(
                        new RunMilestone(RunStatus.QUEUED, ADMITTED, REACHED),
                        new RunMilestone(RunStatus.RUNNING, STARTED, REACHED),
                        new RunMilestone(RunStatus.WAITING_USER, LATER, REACHED),
                        new RunMilestone(RunStatus.WAITING_USER, restarted, KEPT_OVER_RESTART));
    }

    private static Attempt turn(int number, Instant started) {
        return Attempt.starting(queued().id(), number, 60, new OutputContract(Map.of(), List.of()), started);
    }

    private static Attempt ended(int number, Instant started, Instant ended) {
        StreamReceipt nothing = new StreamReceipt(0, "a".repeat(64));
        return turn(number, started).ended(new RunReceipt(number, Optional.of(0), nothing, nothing), ended);
    }

    private static Run queued() {
        return Run.queued(
                new RunId("11111111-1111-4111-8111-111111111111"),
                new RequestId("22222222-2222-4222-8222-222222222222"),
                new SkillId("demo"),
                EngineId.CODEX,
                ADMITTED);
    }

    private static Run running(Run run) {
        return in(RunStatus.RUNNING, 1, run.recovery(), STARTED);
    }

    private static Run in(RunStatus status, int attempt, Recovery recovery, Instant updated) {
        Run run = queued();
        return new Run(
                run.id(),
                run.requestId(),
                run.skill(),
                run.engine(),
                status,
                attempt,
                1,
                Optional.empty(),
                false,
                run.failure(),
                run.warnings(),
                recovery,
                run.createdAt(),
                updated);
    }
}
