package skillrunner.domain.upgrade;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.state.IllegalTransitionException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static skillrunner.domain.engine.EngineId.CODEX;
import static skillrunner.domain.engine.EngineId.GEMINI;
import static skillrunner.domain.engine.EngineId.IFLOW;
import static skillrunner.domain.engine.EngineId.OPENCODE;

class UpgradeTaskTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final Instant LATER = NOW.plusSeconds(9);
    private static final EngineUpgradeResult WELL = EngineUpgradeResult.succeeded("out", "", Optional.of("1.2.3"));
    private static final EngineUpgradeResult BADLY =
            EngineUpgradeResult.failed("out", "EACCES", "Upgrade command exited with code 1", Optional.empty());
    private static final EngineUpgradeResult LEFT_OUT = EngineUpgradeResult.skipped("left out");

    @Test
    void a_queued_task_plans_its_engines_in_canonical_order_and_has_no_result() {
        UpgradeTask task = queued(OPENCODE, CODEX, new EngineId("another"), GEMINI, CODEX);

        assertThat(task.status()).isEqualTo(UpgradeStatus.QUEUED);
        assertThat(task.engines()).containsExactly(CODEX, GEMINI, OPENCODE, new EngineId("another"));
        assertThat(task.results()).isEmpty();
        assertThat(task.inProgress()).isEmpty();
    }

    @Test
    void the_engine_in_progress_is_the_first_one_without_a_result() {
        UpgradeTask task = queued(CODEX, GEMINI).start(LATER);

        assertThat(task.inProgress()).contains(CODEX);
        assertThat(task.withResult(CODEX, WELL, LATER).inProgress()).contains(GEMINI);
        assertThat(task.withResult(CODEX, WELL, LATER).finish(LATER).inProgress())
                .isEmpty();
    }

    @Test
    void results_are_kept_in_canonical_order_and_each_change_is_dated() {
        UpgradeTask task =
                queued(CODEX, GEMINI).start(NOW).withResult(GEMINI, BADLY, NOW).withResult(CODEX, WELL, LATER);

        assertThat(task.results()).containsExactly(entry(CODEX, WELL), entry(GEMINI, BADLY));
        assertThat(task.createdAt()).isEqualTo(NOW);
        assertThat(task.updatedAt()).isEqualTo(LATER);
    }

    @Test
    void a_task_succeeds_if_no_engine_failed() {
        UpgradeTask task = queued(CODEX, GEMINI).start(NOW);

        assertThat(task.withResult(CODEX, WELL, NOW)
                        .withResult(GEMINI, LEFT_OUT, NOW)
                        .finish(NOW)
                        .status())
                .isEqualTo(UpgradeStatus.SUCCEEDED);
        assertThat(task.withResult(CODEX, WELL, NOW)
                        .withResult(GEMINI, BADLY, NOW)
                        .finish(NOW)
                        .status())
                .isEqualTo(UpgradeStatus.FAILED);
        assertThat(task.withResult(CODEX, WELL, NOW).finish(NOW).status()).isEqualTo(UpgradeStatus.FAILED);
    }

    @Test
    void a_result_nobody_waits_for_is_refused() {
        UpgradeTask queued = queued(CODEX);
        UpgradeTask running = queued.start(NOW);
        UpgradeTask one = running.withResult(CODEX, WELL, NOW);

        assertThatThrownBy(() -> queued.withResult(CODEX, WELL, NOW)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> one.withResult(CODEX, BADLY, NOW)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> running.withResult(GEMINI, WELL, NOW)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> one.finish(NOW).withResult(CODEX, WELL, NOW))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void abandoning_a_running_task_fails_the_engine_in_progress_and_skips_the_rest() {
        UpgradeTask task = queued(CODEX, GEMINI, IFLOW, OPENCODE)
                .start(NOW)
                .withResult(CODEX, WELL, NOW)
                .abandon("Interrupted by server restart", LATER);

        assertThat(task.status()).isEqualTo(UpgradeStatus.FAILED);
        assertThat(task.results())
                .containsExactly(
                        entry(CODEX, WELL),
                        entry(
                                GEMINI,
                                EngineUpgradeResult.failed("", "", "Interrupted by server restart", Optional.empty())),
                        entry(IFLOW, EngineUpgradeResult.skipped("Interrupted by server restart")),
                        entry(OPENCODE, EngineUpgradeResult.skipped("Interrupted by server restart")));
        assertThat(task.updatedAt()).isEqualTo(LATER);
    }

    @Test
    void abandoning_a_queued_task_skips_every_engine() {
        UpgradeTask task = queued(CODEX, GEMINI).abandon("stopped", LATER);

        assertThat(task.status()).isEqualTo(UpgradeStatus.FAILED);
        assertThat(task.results().values()).containsOnly(EngineUpgradeResult.skipped("stopped"));
        assertThat(task.results()).hasSize(2);
    }

    @Test
    void an_ended_task_moves_no_more() {
        UpgradeTask ended = queued(CODEX).abandon("stopped", NOW);

        assertThatThrownBy(() -> ended.start(NOW)).isInstanceOf(IllegalTransitionException.class);
        assertThatThrownBy(() -> ended.finish(NOW)).isInstanceOf(IllegalTransitionException.class);
        assertThatThrownBy(() -> ended.abandon("again", NOW)).isInstanceOf(IllegalTransitionException.class);
    }

    @Test
    void ids_are_lower_case_uuids() {
        assertThat(UpgradeId.parse("00000000-0000-4000-8000-00000000000a")).isPresent();
        assertThat(UpgradeId.parse("00000000-0000-4000-8000-00000000000A")).isEmpty();
        assertThat(UpgradeId.parse("x' OR '1'='1")).isEmpty();
        assertThat(UpgradeId.parse("")).isEmpty();
        assertThatThrownBy(() -> new UpgradeId("../../etc")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void an_engine_that_no_task_planned_is_idle() {
        UpgradeStanding standing = UpgradeStanding.of(CODEX, Optional.empty());

        assertThat(standing.state()).isEqualTo(UpgradeStanding.State.IDLE);
        assertThat(standing.state().wire()).isEqualTo("idle");
        assertThat(standing.requestId()).isEmpty();
        assertThat(standing.mode()).isEmpty();
        assertThat(standing.updatedAt()).isEmpty();
        assertThat(standing.lastError()).isEmpty();
    }

    @Test
    void during_a_task_each_engine_shows_where_it_stands_itself() {
        UpgradeTask waiting = queued(CODEX, GEMINI, IFLOW, OPENCODE);
        UpgradeTask task = waiting.start(NOW).withResult(CODEX, BADLY, NOW).withResult(GEMINI, LEFT_OUT, LATER);

        assertThat(UpgradeStanding.of(CODEX, Optional.of(waiting)).state()).isEqualTo(UpgradeStanding.State.QUEUED);
        assertThat(UpgradeStanding.of(CODEX, Optional.of(task)))
                .isEqualTo(new UpgradeStanding(
                        UpgradeStanding.State.FAILED,
                        Optional.of(task.id()),
                        Optional.of("all"),
                        Optional.of(LATER),
                        Optional.of("Upgrade command exited with code 1")));
        assertThat(UpgradeStanding.of(GEMINI, Optional.of(task)).state()).isEqualTo(UpgradeStanding.State.SKIPPED);
        assertThat(UpgradeStanding.of(GEMINI, Optional.of(task)).lastError()).isEmpty();
        assertThat(UpgradeStanding.of(IFLOW, Optional.of(task)).state()).isEqualTo(UpgradeStanding.State.RUNNING);
        assertThat(UpgradeStanding.of(OPENCODE, Optional.of(task)).state()).isEqualTo(UpgradeStanding.State.QUEUED);
    }

    @Test
    void after_a_task_each_engine_shows_its_own_end() {
        UpgradeTask ended =
                queued(CODEX).start(NOW).withResult(CODEX, WELL, NOW).finish(NOW);
        UpgradeTask foreign =
                new UpgradeTask(ended.id(), ended.scope(), List.of(CODEX), UpgradeStatus.FAILED, Map.of(), NOW, NOW);

        assertThat(UpgradeStanding.of(CODEX, Optional.of(ended)).state()).isEqualTo(UpgradeStanding.State.SUCCEEDED);
        assertThat(UpgradeStanding.of(CODEX, Optional.of(foreign)).state()).isEqualTo(UpgradeStanding.State.FAILED);
    }

    private static UpgradeTask queued(EngineId... engines) {
        return UpgradeTask.queued(
                new UpgradeId("00000000-0000-4000-8000-000000000001"), new UpgradeScope.All(), List.of(engines), NOW);
    }
}
