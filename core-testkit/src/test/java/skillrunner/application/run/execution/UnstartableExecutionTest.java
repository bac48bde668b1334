package skillrunner.application.run.execution;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.application.run.process.EngineUnavailableException;
import skillrunner.application.storage.UnavailableException;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.engine.KnownMajors;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunFailureCode;
import skillrunner.domain.skill.SkillId;

import static org.assertj.core.api.Assertions.assertThat;
import static skillrunner.testkit.skill.SkillBuilder.aSkill;

/** Runs whose turn can't be started. */
class UnstartableExecutionTest extends ExecutionTestBed {
    @Test
    void what_a_killed_shim_left_behind_is_ended_although_the_first_try_fails() {
        Run run = taken();
        RunExecution execution = open(run);
        execution.step();
        process(run).losesItsShim();
        core.processes.failNextSweep(() -> new UnavailableException("the processes", new IOException()));

        stepToTheEnd(execution);

        assertThat(failure(run).code()).isEqualTo(RunFailureCode.ORCHESTRATOR_RESTART_INTERRUPTED);
        assertThat(process(run).works()).isFalse();
    }

    @Test
    void a_missing_cli_fails_the_run_before_anything_starts() {
        Run run = taken();
        core.uninstall(EngineId.CODEX);

        finish(run);

        assertThat(failure(run).code()).isEqualTo(RunFailureCode.ENGINE_UNAVAILABLE);
        assertThat(core.processes.launches()).isEmpty();
        assertThat(result(run).receipt()).isEmpty();
    }

    @Test
    void a_cli_that_became_one_of_an_unknown_major_version_fails_the_run_before_anything_starts() {
        core.driver.knows(KnownMajors.of(0, 1));
        Run run = taken();
        core.versions.install(EngineId.CODEX, "2.0.1");

        finish(run);

        assertThat(failure(run).code()).isEqualTo(RunFailureCode.ENGINE_VERSION_UNSUPPORTED);
        assertThat(failure(run).message()).contains("2.0.1", "0, 1", "Take another codex");
        assertThat(core.processes.launches()).isEmpty();
        assertThat(core.held()).isEmpty();
    }

    @Test
    void a_cli_that_can_not_be_started_fails_the_run() {
        Run run = taken();
        core.processes.failNextLaunch(() -> new EngineUnavailableException("not executable"));

        finish(run);

        assertThat(failure(run).code()).isEqualTo(RunFailureCode.ENGINE_UNAVAILABLE);
        assertThat(failure(run).message()).isEqualTo("not executable");
    }

    @Test
    void a_skill_removed_before_the_start_fails_the_run() {
        Run run = taken();
        core.skills.remove(new SkillId("demo"));

        finish(run);

        assertThat(failure(run).code()).isEqualTo(RunFailureCode.SKILL_NOT_FOUND);
        assertThat(core.processes.launches()).isEmpty();
    }

    @Test
    void unusable_engine_settings_fail_the_run() {
        core.skills.write(new SkillId("demo"), "assets/codex.conf", "broken");
        Run run = taken();

        finish(run);

        assertThat(failure(run).code()).isEqualTo(RunFailureCode.ENGINE_UNAVAILABLE);
        assertThat(failure(run).message()).contains("line 1 is broken");
    }

    @Test
    void a_broken_prompt_template_fails_the_run() {
        core.skills.install(aSkill().prompting(EngineId.CODEX, "Do {{ this").build());
        Run run = taken();

        finish(run);

        assertThat(failure(run).code()).isEqualTo(RunFailureCode.INPUT_VALIDATION_FAILED);
        assertThat(core.processes.launches()).isEmpty();
    }

    @Test
    void a_wrong_parameter_fails_the_run_not_the_request() {
        core.skills.install(aSkill().takingParameter("depth", "integer").build());
        Run run = taken(command(Map.of("depth", "deep"), Optional.empty()));

        finish(run);

        assertThat(failure(run).code()).isEqualTo(RunFailureCode.INPUT_VALIDATION_FAILED);
        assertThat(failure(run).message()).contains("parameter: /depth: must be of type integer");
        assertThat(core.processes.launches()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void the_record_of_a_turn_tells_its_end_though_it_never_started(boolean ordered) {
        Run run = taken();
        if (ordered) {
            core.processes.failNextLaunch(() -> new EngineUnavailableException("not executable"));
        } else {
            core.uninstall(EngineId.CODEX);
        }

        finish(run);

        assertThat(core.workspaces.closedAttempts()).singleElement().satisfies(closed -> {
            assertThat(closed.run()).isEqualTo(stored(run));
            assertThat(closed.number()).isEqualTo(1);
            assertThat(closed.finishedAt()).contains(stored(run).updatedAt());
            assertThat(closed.completion().reason()).isEqualTo("ENGINE_UNAVAILABLE");
        });
    }
}
