package skillrunner.domain.run;

import java.time.Instant;
import java.util.List;
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

        assertThat(RunMilestone.of(ended, List.of(STARTED)))
                .containsExactly(
                        new RunMilestone(RunStatus.QUEUED, ADMITTED, REACHED),
                        new RunMilestone(RunStatus.RUNNING, STARTED, REACHED),
                        new RunMilestone(RunStatus.SUCCEEDED, LATER, REACHED));
    }

    @Test
    void a_run_that_outlived_a_server_shows_the_restart() {
        Run kept = running(queued()).reattached(LATER).after();

        assertThat(RunMilestone.of(kept, List.of(STARTED)))
                .last()
                .isEqualTo(new RunMilestone(RunStatus.RUNNING, LATER, KEPT_OVER_RESTART));
    }

    @Test
    void a_run_that_a_restart_ended_shows_its_end_once() {
        Run lost = running(queued())
                .interrupted(new RunFailure(RunFailureCode.ORCHESTRATOR_RESTART_INTERRUPTED, "gone"), LATER)
                .after();

        assertThat(RunMilestone.of(lost, List.of(STARTED)))
                .extracting(RunMilestone::status)
                .containsExactly(RunStatus.QUEUED, RunStatus.RUNNING, RunStatus.FAILED);
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
        return new Run(
                run.id(),
                run.requestId(),
                run.skill(),
                run.engine(),
                RunStatus.RUNNING,
                1,
                1,
                Optional.empty(),
                false,
                run.failure(),
                run.warnings(),
                run.recovery(),
                run.createdAt(),
                STARTED);
    }
}
