package skillrunner.application.run.execution;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.application.run.result.AttemptAudit;
import skillrunner.domain.journal.DiagnosticCode;
import skillrunner.domain.journal.DoneMarkers;
import skillrunner.domain.journal.JournalStream;
import skillrunner.domain.run.EngineTold;
import skillrunner.domain.run.ProcessEnd;
import skillrunner.domain.run.ProcessesEnded;
import skillrunner.domain.run.RepairLevel;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunFailure;
import skillrunner.domain.run.RunFailureCode;
import skillrunner.domain.run.RunStatus;
import skillrunner.domain.run.TokenCount;

import static org.assertj.core.api.Assertions.assertThat;
import static skillrunner.testkit.skill.SkillBuilder.aSkill;

/** What a run is said to be that has ended, by what its engine answered and left. */
class VerdictExecutionTest extends ExecutionTestBed {
    @Test
    void a_fenced_answer_succeeds_with_a_warning() {
        Run run = taken();
        core.processes.onLaunch(process -> process.answers("Here it is:\\n```json\\n{\"n\": 1}\\n```"));

        finish(run);

        assertThat(stored(run).status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(stored(run).warnings()).containsExactly("OUTPUT_REPAIRED_GENERIC");
        assertThat(result(run).data()).contains(Map.of("n", 1));
        assertThat(result(run).repair()).isEqualTo(RepairLevel.DETERMINISTIC_GENERIC);
    }

    @Test
    void a_non_zero_exit_fails_even_with_a_valid_answer() {
        Run run = taken();
        core.processes.onLaunch(process ->
                process.prints("say {}").prints("done").complains("oh no").exits(3));

        finish(run);

        RunFailure failure = failure(run);
        assertThat(failure.code()).isEqualTo(RunFailureCode.ENGINE_EXIT_NONZERO);
        assertThat(failure.message()).isEqualTo("Exit code 3");
        assertThat(failure.stderr()).contains("oh no\n");
        assertThat(result(run).failure()).contains(failure);
    }

    @Test
    void the_record_of_an_attempt_that_failed_tells_of_its_mark_as_its_events_do() {
        Run run = taken();
        core.processes.onLaunch(process -> process.prints("say {\"__SKILL_DONE__\": true, \"n\": 1}")
                .prints("done")
                .exits(3));

        finish(run);

        AttemptAudit audit = core.workspaces.closedAttempts().get(0);
        assertThat(audit.markers().count()).isEqualTo(1);
        assertThat(audit.markers().first().map(DoneMarkers.Place::message)).contains("m_1_1");
        List<Object> told = new ArrayList<>();
        core.journal.scan(run.id(), JournalStream.RASP, 1, row -> {
            if (row.get("data") instanceof Map<?, ?> data && data.containsKey("reason_code")) {
                told.add(data.get("reason_code"));
                told.add(data.get("diagnostics"));
            }
        });
        assertThat(told)
                .containsExactly(
                        audit.completion().reason(),
                        audit.completion().diagnostics().stream()
                                .map(DiagnosticCode::name)
                                .toList());
        assertThat(audit.completion().diagnostics())
                .containsExactly(DiagnosticCode.DONE_MARKER_PROCESS_FAILURE_CONFLICT);
    }

    @Test
    void a_turn_that_was_not_closed_fails() {
        Run run = taken();
        core.processes.onLaunch(process -> process.prints("say {}").exits(0));

        finish(run);

        assertThat(failure(run).code()).isEqualTo(RunFailureCode.OUTPUT_VALIDATION_FAILED);
        assertThat(failure(run).message()).contains("without closing its turn");
    }

    @Test
    void a_turn_the_engine_calls_failed_fails() {
        Run run = taken();
        core.processes.onLaunch(
                process -> process.prints("say {}").prints("fail out of tokens").exits(0));

        finish(run);

        assertThat(failure(run).code()).isEqualTo(RunFailureCode.ENGINE_EXIT_NONZERO);
        assertThat(failure(run).message()).contains("out of tokens");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1, 2]", "7", "just words", "{\"broken\": "})
    void an_answer_that_is_no_object_fails(String text) {
        Run run = taken();
        core.processes.onLaunch(process -> process.answers(text));

        finish(run);

        assertThat(failure(run).code()).isEqualTo(RunFailureCode.OUTPUT_VALIDATION_FAILED);
        assertThat(failure(run).message()).contains("Output JSON missing or unreadable");
        assertThat(result(run).data()).isEmpty();
    }

    @Test
    void a_breach_of_the_schema_fails_and_names_the_place() {
        core.skills.install(
                aSkill().answering(Map.of("type", "object", "properties", Map.of("n", Map.of("type", "integer"))))
                        .build());
        Run run = taken();
        core.processes.onLaunch(process -> process.answers("{\"n\": \"one\"}"));

        finish(run);

        assertThat(failure(run).code()).isEqualTo(RunFailureCode.OUTPUT_VALIDATION_FAILED);
        assertThat(failure(run).message()).contains("/n: must be of type integer");
    }

    @Test
    void a_missing_artifact_fails() {
        core.skills.install(aSkill().leaving("report.md").build());
        Run run = taken();
        core.processes.onLaunch(process -> process.answers("{}"));

        finish(run);

        assertThat(failure(run).code()).isEqualTo(RunFailureCode.OUTPUT_VALIDATION_FAILED);
        assertThat(failure(run).message()).contains("Missing required artifacts: artifacts/report.md");
    }

    @Test
    void a_required_artifact_counts_behind_the_end_of_the_list_which_is_told() {
        core.skills.install(aSkill().leaving("report.md").build());
        core.workspaces.listAtMost(1);
        Run run = taken();
        core.processes.onLaunch(process -> {
            core.workspaces.leave(run.id(), "a.md", "");
            core.workspaces.leave(run.id(), "report.md", "# done");
            process.answers("{}");
        });

        finish(run);

        assertThat(stored(run).status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(stored(run).warnings()).containsExactly("ARTIFACTS_TRUNCATED");
        assertThat(result(run).artifacts()).containsExactly("artifacts/a.md");
        assertThat(result(run).warnings()).containsExactly("ARTIFACTS_TRUNCATED");
    }

    @Test
    void a_skill_that_does_not_answer_any_more_is_no_reason_against_an_answer() {
        core.skills.install(aSkill().build());
        Run run = taken();
        core.processes.onLaunch(process -> {
            core.skills.fallSilent();
            process.answers("{}");
        });

        finish(run);

        assertThat(stored(run).status()).isEqualTo(RunStatus.SUCCEEDED);
    }

    @Test
    void a_left_artifact_is_part_of_the_result() {
        core.skills.install(aSkill().leaving("report.md").build());
        Run run = taken();
        core.processes.onLaunch(process -> {
            core.workspaces.leave(run.id(), "report.md", "# done");
            process.answers("{}");
        });

        finish(run);

        assertThat(stored(run).status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(result(run).artifacts()).containsExactly("artifacts/report.md");
    }

    @Test
    void a_skill_changed_meanwhile_does_not_change_the_verdict() {
        core.skills.install(aSkill().leaving("report.md").build());
        Run run = taken();
        RunExecution execution = open(run);
        execution.step();
        core.skills.install(aSkill().build());

        process(run).answers("{}");

        assertThat(execution.step()).isEmpty();
        assertThat(failure(run).message()).contains("artifacts/report.md");
    }

    @Test
    void an_engine_that_wants_a_sign_in_fails_with_that_reason() {
        Run run = taken();
        core.processes.onLaunch(
                process -> process.complains("ERROR: 401  Unauthorized").exits(1));

        finish(run);

        assertThat(failure(run).code()).isEqualTo(RunFailureCode.AUTH_REQUIRED);
    }

    @Test
    void words_about_a_sign_in_do_not_spoil_a_success() {
        Run run = taken();
        core.processes.onLaunch(process -> process.complains("visit this url")
                .prints("say {}")
                .prints("done")
                .exits(0));

        finish(run);

        assertThat(stored(run).status()).isEqualTo(RunStatus.SUCCEEDED);
    }

    @Test
    void processes_left_behind_do_not_change_the_verdict() {
        Run run = taken();
        core.processes.onLaunch(process -> process.leavesBehind(2).answers("{}"));

        finish(run);

        assertThat(stored(run).status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(attempt(run).processesEnded())
                .contains(new ProcessesEnded(
                        0, 2, true, Optional.of(new ProcessesEnded.Last(1_000, "agent", ProcessEnd.STILL_THERE))));
    }

    @Test
    void what_a_cli_left_and_a_sweep_ended_is_counted() {
        Run run = taken();
        core.processes.onLaunch(process -> process.leavesToEnd(3).answers("{}"));

        finish(run);

        assertThat(attempt(run).processesEnded())
                .contains(new ProcessesEnded(
                        3, 0, true, Optional.of(new ProcessesEnded.Last(1_000, "agent", ProcessEnd.KILLED))));
    }

    @Test
    void what_was_stopped_in_vain_is_counted_once() {
        Run run = taken();
        core.processes.onLaunch(process -> process.refusesToDie(1));
        RunExecution execution = open(run);
        execution.step();
        core.server().cancelRun.cancel(run.requestId());
        stepToTheEnd(execution);

        assertThat(stored(run).status()).isEqualTo(RunStatus.CANCELED);
        assertThat(attempt(run).processesEnded())
                .contains(new ProcessesEnded(
                        1, 0, true, Optional.of(new ProcessesEnded.Last(1_000, "agent", ProcessEnd.TERMINATED))));
    }

    @Test
    void what_the_engine_told_of_its_work_is_stored_with_the_attempt() {
        Run run = taken();
        core.processes.onLaunch(process ->
                process.prints("used 11").prints("model m-1").prints("used 2").answers("{}"));

        finish(run);

        assertThat(attempt(run).told())
                .isEqualTo(new EngineTold(Optional.of(new TokenCount(13, 0, 2, 0)), List.of("m-1")));
        assertThat(attempt(run).processesEnded()).contains(ProcessesEnded.NONE);
    }

    @Test
    void a_canceled_run_keeps_what_was_read_of_it() {
        Run run = taken();
        core.processes.onLaunch(process -> process.prints("used 11"));
        RunExecution execution = open(run);
        execution.step();
        core.server().cancelRun.cancel(run.requestId());
        stepToTheEnd(execution);

        assertThat(stored(run).status()).isEqualTo(RunStatus.CANCELED);
        assertThat(attempt(run).told().tokens()).contains(new TokenCount(11, 0, 1, 0));
    }
}
