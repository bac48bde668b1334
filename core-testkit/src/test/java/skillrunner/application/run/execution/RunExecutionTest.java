package skillrunner.application.run.execution;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.application.engine.EngineCommand;
import skillrunner.application.run.admission.CreateRunCommand;
import skillrunner.application.run.process.EngineUnavailableException;
import skillrunner.application.run.result.RunResult;
import skillrunner.application.storage.StorageFaultException;
import skillrunner.application.storage.UnavailableException;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.engine.KnownMajors;
import skillrunner.domain.model.ModelEntry;
import skillrunner.domain.run.Attempt;
import skillrunner.domain.run.EngineTold;
import skillrunner.domain.run.ProcessEnd;
import skillrunner.domain.run.ProcessesEnded;
import skillrunner.domain.run.RecoveryState;
import skillrunner.domain.run.RepairLevel;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunFailure;
import skillrunner.domain.run.RunFailureCode;
import skillrunner.domain.run.RunId;
import skillrunner.domain.run.RunRequest;
import skillrunner.domain.run.RunStatus;
import skillrunner.domain.run.TokenCount;
import skillrunner.domain.skill.SkillId;
import skillrunner.testkit.clock.ManualClock;
import skillrunner.testkit.run.CoreOnFakes;
import skillrunner.testkit.run.RunFixtures;
import skillrunner.testkit.run.ScriptedAgentProcesses.ScriptedProcess;

import static org.assertj.core.api.Assertions.assertThat;
import static skillrunner.testkit.skill.SkillBuilder.aSkill;

/** Carrying out one attempt, step by step, across every kind of interruption. */
class RunExecutionTest {
    private static final Duration PAST_THE_DEADLINE = Duration.ofSeconds(601);

    private static final Map<String, Object> NUMBER =
            Map.of("type", "object", "required", List.of("n"), "properties", Map.of("n", Map.of("type", "integer")));

    private final CoreOnFakes core = new CoreOnFakes();

    @BeforeEach
    void install() {
        core.skills.install(aSkill().build());
    }

    // without trouble

    @Test
    void an_answer_that_fits_ends_in_success() {
        Run run = taken();
        core.processes.onLaunch(process -> process.answers("{\"__SKILL_DONE__\": true, \"n\": 1}"));

        assertThat(open(run).step()).isEmpty();

        assertThat(stored(run).status()).isEqualTo(RunStatus.SUCCEEDED);
        RunResult result = result(run);
        assertThat(result.status()).isEqualTo("success");
        assertThat(result.data()).contains(Map.of("n", 1));
        assertThat(result.repair()).isEqualTo(RepairLevel.NONE);
        assertThat(result.receipt().orElseThrow().exitCode()).contains(0);
        assertThat(result.receipt().orElseThrow().stdout().bytes()).isPositive();
        assertThat(core.workspaces.mirroredStatus(run.id())).contains(RunStatus.SUCCEEDED);
        assertThat(core.workspaces.closedAttempts()).singleElement().satisfies(audit -> {
            assertThat(audit.completionState()).isEqualTo("completed");
            assertThat(audit.exitCode()).contains(0);
        });
        assertThat(core.processes.swept()).containsExactly(run.id() + ".1");
    }

    @Test
    void what_is_told_of_what_it_says_wakes_who_wants_events_and_not_the_run_itself() {
        Run run = taken();
        RunExecution execution = open(run);
        execution.step();
        List<String> woken = new ArrayList<>();
        core.server().signals.watch(run.id(), () -> woken.add("run"));
        core.server().signals.watchEvents(run.id(), () -> woken.add("events"));

        process(run).prints("say so far");
        woken.clear();
        execution.step();

        assertThat(woken).containsExactly("events");
    }

    @Test
    void of_several_answers_the_last_one_that_fits_wins() {
        core.skills.install(aSkill().answering(NUMBER).build());
        Run run = taken();
        core.processes.onLaunch(process -> process.answers(
                "Draft: {\"n\": 1}\\n```json\\n{\"n\": 2}\\n```\\nas in {\"example\": true}, [{\"n\": 3}]"));

        open(run).step();

        assertThat(result(run).data()).contains(Map.of("n", 2));
        assertThat(result(run).repair()).isEqualTo(RepairLevel.DETERMINISTIC_GENERIC);
    }

    @Test
    void if_no_answer_fits_the_last_one_is_judged() {
        core.skills.install(aSkill().answering(NUMBER).build());
        Run run = taken();
        core.processes.onLaunch(process -> process.answers("{\"n\": \"first\"} {\"m\": 1} [{\"n\": 3}]"));

        open(run).step();

        assertThat(stored(run).failure().orElseThrow().code()).isEqualTo(RunFailureCode.OUTPUT_VALIDATION_FAILED);
        assertThat(stored(run).failure().orElseThrow().message()).contains("/n: is required");
    }

    @Test
    void an_output_without_a_file_name_is_met_by_the_file_that_the_answer_names() {
        installWithNamedFile();
        Run run = taken();
        core.processes.onLaunch(process -> {
            core.workspaces.leave(run.id(), "any name.md", "text");
            process.answers("{\"report\": \"any name.md\"}");
        });

        open(run).step();

        assertThat(stored(run).status()).isEqualTo(RunStatus.SUCCEEDED);
    }

    @Test
    void a_named_file_that_can_not_be_taken_fails_the_run_with_the_reason() {
        installWithNamedFile();
        Run run = taken();
        core.processes.onLaunch(process -> process.answers("{\"report\": \"/etc/passwd\"}"));

        open(run).step();

        assertThat(stored(run).failure().orElseThrow().code()).isEqualTo(RunFailureCode.OUTPUT_VALIDATION_FAILED);
        assertThat(stored(run).failure().orElseThrow().message())
                .isEqualTo("Output validation failed: /report: the file that the answer names can't be taken: "
                        + "there is no such file");
    }

    private void installWithNamedFile() {
        core.skills.install(aSkill().answering(Map.of(
                        "type",
                        "object",
                        "required",
                        List.of("report"),
                        "properties",
                        Map.of("report", Map.of("type", "string", "x-type", "artifact"))))
                .leaving("report")
                .build());
    }

    @Test
    void a_working_engine_is_looked_at_again_after_the_poll_interval() {
        Run run = taken();

        assertThat(open(run).step()).contains(core.settings().poll());

        assertThat(stored(run).status()).isEqualTo(RunStatus.RUNNING);
        assertThat(process(run).isRunning()).isTrue();
        assertThat(core.workspaces.result(run.id())).isEmpty();
    }

    @Test
    void the_version_that_was_chosen_is_held_before_the_start_and_until_the_end() {
        Run run = taken();
        core.processes.onLaunch(process -> assertThat(core.held()).containsExactly(run.id() + ".1"));
        RunExecution execution = open(run);

        execution.step();

        assertThat(core.held()).containsExactly(run.id() + ".1");
        process(run).answers("{\"n\": 1}");
        execution.step();
        assertThat(core.held()).isEmpty();
    }

    @Test
    void a_run_that_can_not_start_holds_nothing() {
        Run run = taken();
        core.processes.onLaunch(process -> {
            throw new EngineUnavailableException("gone");
        });

        open(run).step();

        assertThat(stored(run).status()).isEqualTo(RunStatus.FAILED);
        assertThat(core.held()).isEmpty();
    }

    @Test
    void a_preparation_that_ends_after_its_run_holds_nothing() {
        Run run = taken();
        core.errands.hold("prepare-");
        RunExecution execution = open(run);
        assertThat(execution.step()).isPresent();
        core.disk.onNextWrite("directory", () -> {
            cancel(run);
            stepThrough(execution);
        });

        core.errands.release();

        assertThat(stored(run).status()).isEqualTo(RunStatus.CANCELED);
        assertThat(core.held()).isEmpty();
        assertThat(core.processes.launches()).isEmpty();
    }

    @Test
    void a_preparation_that_ends_after_its_run_holds_nothing_although_the_run_can_not_be_looked_at() {
        Run run = taken();
        core.errands.hold("prepare-");
        RunExecution execution = open(run);
        assertThat(execution.step()).isPresent();
        core.disk.onNextWrite("directory", () -> {
            cancel(run);
            stepThrough(execution);
        });
        core.disk.onNextWrite(
                "skill", () -> core.runs.failLooks(() -> new UnavailableException("the run", new IOException())));

        core.errands.release();

        core.runs.allowLooks();
        assertThat(stored(run).status()).isEqualTo(RunStatus.CANCELED);
        assertThat(core.held()).isEmpty();
    }

    @Test
    void the_last_look_before_the_deadline_is_not_later_than_the_deadline() {
        Run run = taken();
        RunExecution execution = open(run);
        execution.step();
        core.clock.advance(Duration.ofMinutes(10).minusMillis(300));

        assertThat(execution.step()).contains(Duration.ofMillis(300));
    }

    @Test
    void an_engine_is_started_with_its_prompt_its_model_its_settings_and_a_marker() throws Exception {
        core.offerModels(ModelEntry.named("gpt-5", "GPT-5", List.of()));
        core.skills.write(new SkillId("demo"), "assets/codex.conf", "skill settings");
        core.home.put("codex.conf", "home settings");
        Run run = taken(command(Map.of(), Optional.of("gpt-5@high")));

        open(run).step();

        assertThat(core.processes.launches()).singleElement().satisfies(order -> {
            assertThat(order.program()).isEqualTo("/bin/codex");
            assertThat(order.arguments())
                    .containsExactly(
                            "exec",
                            "--model",
                            "gpt-5@high",
                            "--skill-config",
                            "skill settings",
                            "--home-config",
                            "home settings");
            assertThat(order.environment())
                    .containsEntry("TMPDIR", order.files().temporary())
                    .containsEntry("ENGINE", "codex")
                    .containsEntry("PATH", "/bin");
            assertThat(order.marker()).isEqualTo(run.id() + ".1");
        });
        try (InputStream prompt = core.output.prompt(run.id()).orElseThrow().open(0)) {
            assertThat(prompt.readAllBytes()).asString(StandardCharsets.UTF_8).isEqualTo("Run demo with {}");
        }
        assertThat(core.workspaces.instructions(run.id()).orElseThrow()).contains("__SKILL_DONE__");
        assertThat(core.workspaces.settings(run.id())).isEqualTo(Map.of(".codex/settings.conf", "skill settings"));
        assertThat(core.processes.launches().get(0).promptOnStdin()).isTrue();
    }

    @Test
    void a_cli_that_reads_no_stdin_gets_its_prompt_as_the_last_argument() {
        core.driver.takePrompts(EngineCommand.Prompt.LAST_ARGUMENT);
        core.skills.install(
                aSkill().prompting(EngineId.CODEX, "--help {{ skill_id }}").build());

        open(taken()).step();

        assertThat(core.processes.launches()).singleElement().satisfies(order -> {
            assertThat(order.arguments()).containsExactly("exec", " --help demo");
            assertThat(order.promptOnStdin()).isFalse();
        });
    }

    @Test
    void a_prompt_that_is_too_long_for_an_argument_fails_the_run() {
        core.driver.takePrompts(EngineCommand.Prompt.LAST_ARGUMENT);
        core.skills.install(
                aSkill().prompting(EngineId.CODEX, "x".repeat(200_000)).build());
        Run run = taken();

        finish(run);

        assertThat(failure(run).code()).isEqualTo(RunFailureCode.INPUT_VALIDATION_FAILED);
        assertThat(core.processes.launches()).isEmpty();
    }

    @Test
    void the_watch_on_the_files_ends_with_the_execution() {
        Run run = taken();
        RunExecution execution = open(run);
        execution.step();
        assertThat(core.processes.followers()).isEqualTo(1);

        execution.close();

        assertThat(core.processes.followers()).isZero();
    }

    // verdicts

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

    // a turn that can't start

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

    // the hard timeout

    @Test
    void an_engine_is_ended_at_its_deadline() {
        Run run = taken();
        RunExecution execution = open(run);
        execution.step();
        core.clock.advance(Duration.ofMinutes(10));

        assertThat(execution.step()).isEmpty();

        assertThat(process(run).isRunning()).isFalse();
        assertThat(failure(run).code()).isEqualTo(RunFailureCode.TIMEOUT);
        assertThat(failure(run).message()).contains("600 seconds");
        assertThat(attempt(run).stopReason()).contains(RunFailureCode.TIMEOUT);
    }

    @Test
    void a_run_can_have_a_hard_timeout_of_its_own() {
        Run run = taken(new CreateRunCommand(
                "demo", "codex", Map.of(), Map.of(), Optional.empty(), Map.of("hard_timeout_seconds", 5), false));
        RunExecution execution = open(run);
        execution.step();
        core.clock.advance(Duration.ofSeconds(5));

        assertThat(execution.step()).isEmpty();

        assertThat(failure(run).message()).contains("5 seconds");
    }

    @Test
    void an_engine_that_exits_with_zero_when_ended_has_still_timed_out() {
        Run run = taken();
        core.processes.onLaunch(
                process -> process.prints("say {}").prints("done").exitsWhenStopped(0));
        RunExecution execution = open(run);
        execution.step();
        core.clock.advance(PAST_THE_DEADLINE);

        execution.step();

        assertThat(failure(run).code()).isEqualTo(RunFailureCode.TIMEOUT);
    }

    @Test
    void an_engine_that_wants_a_sign_in_until_its_deadline_fails_for_that_reason() {
        Run run = taken();
        core.processes.onLaunch(process -> process.complains("Enter the authorization code:"));
        RunExecution execution = open(run);
        execution.step();
        core.clock.advance(PAST_THE_DEADLINE);

        execution.step();

        assertThat(failure(run).code()).isEqualTo(RunFailureCode.AUTH_REQUIRED);
    }

    @Test
    void an_engine_that_does_not_die_is_ended_again_later() {
        Run run = taken();
        core.processes.onLaunch(process -> process.refusesToDie(2));
        RunExecution execution = open(run);
        execution.step();
        core.clock.advance(PAST_THE_DEADLINE);

        assertThat(stepAndWait(execution))
                .hasValueSatisfying(pause -> assertThat(pause).isPositive());
        assertThat(stepAndWait(execution)).isPresent();
        assertThat(stored(run).status()).isEqualTo(RunStatus.RUNNING);
        assertThat(stepAndWait(execution)).isEmpty();

        assertThat(process(run).stops()).isEqualTo(3);
        assertThat(failure(run).code()).isEqualTo(RunFailureCode.TIMEOUT);
    }

    @Test
    void a_restart_in_the_middle_of_stopping_does_not_forget_the_timeout() {
        Run run = taken();
        core.processes.onLaunch(
                process -> process.prints("say {}").prints("done").refusesToDie(1));
        RunExecution execution = open(run);
        execution.step();
        core.clock.advance(PAST_THE_DEADLINE);
        execution.step();
        assertThat(attempt(run).stopReason()).contains(RunFailureCode.TIMEOUT);

        core.restart();
        process(run).exits(0);
        // Even a clock that was set back does not undo the decision.
        core.clock.set(ManualClock.START);

        assertThat(reopen(run).step()).isEmpty();
        assertThat(failure(run).code()).isEqualTo(RunFailureCode.TIMEOUT);
    }

    @Test
    void a_stop_that_was_decided_is_carried_on_after_a_restart() {
        Run run = taken();
        core.processes.onLaunch(process -> process.refusesToDie(1));
        RunExecution execution = open(run);
        execution.step();
        core.clock.advance(PAST_THE_DEADLINE);
        execution.step();

        core.restart();
        core.clock.set(ManualClock.START);

        assertThat(reopen(run).step()).isEmpty();
        assertThat(process(run).isRunning()).isFalse();
        assertThat(failure(run).code()).isEqualTo(RunFailureCode.TIMEOUT);
    }

    @Test
    void an_engine_that_vanished_while_it_was_being_ended_has_timed_out() {
        Run run = taken();
        core.processes.onLaunch(process -> process.refusesToDie(1));
        RunExecution execution = open(run);
        execution.step();
        core.clock.advance(PAST_THE_DEADLINE);
        stepAndWait(execution);

        process(run).vanishes();

        assertThat(execution.step()).isEmpty();
        assertThat(failure(run).code()).isEqualTo(RunFailureCode.TIMEOUT);
    }

    // the wish to end it

    @Test
    void a_wish_before_the_start_ends_the_run_without_a_process() {
        Run run = taken();
        cancel(run);

        assertThat(open(run).step()).isEmpty();

        assertThat(stored(run).status()).isEqualTo(RunStatus.CANCELED);
        assertThat(core.processes.launches()).isEmpty();
        assertThat(result(run).status()).isEqualTo("canceled");
    }

    @Test
    void a_wish_ends_the_engine() {
        Run run = taken();
        RunExecution execution = open(run);
        execution.step();
        core.workspaces.leave(run.id(), "half.md", "half");
        cancel(run);

        assertThat(execution.step()).isEmpty();

        assertThat(process(run).isRunning()).isFalse();
        assertThat(stored(run).status()).isEqualTo(RunStatus.CANCELED);
        assertThat(stored(run).failure().orElseThrow().code()).isEqualTo(RunFailureCode.CANCELED_BY_USER);
        assertThat(result(run).artifacts()).isEmpty();
        assertThat(result(run).receipt()).isPresent();
    }

    @Test
    void a_wish_wins_over_an_answer_that_is_already_there() {
        Run run = taken();
        RunExecution execution = open(run);
        execution.step();
        process(run).answers("{}");
        cancel(run);

        execution.step();

        assertThat(stored(run).status()).isEqualTo(RunStatus.CANCELED);
    }

    @Test
    void a_wish_that_races_with_a_success_verdict_ends_the_run_as_canceled() {
        Run run = taken();
        RunExecution execution = open(run);
        execution.step();
        process(run).prints("say {\"n\": 1}").prints("done");
        // The wish arrives after the step has read the run and before the verdict is stored.
        core.disk.onNextWrite("result", () -> cancel(run));
        process(run).exits(0);

        assertThat(execution.step()).isEmpty();

        assertThat(stored(run).status()).isEqualTo(RunStatus.CANCELED);
        assertThat(result(run).status()).isEqualTo("canceled");
        assertThat(result(run).data()).isEmpty();
        assertThat(core.workspaces.mirroredStatus(run.id())).contains(RunStatus.CANCELED);
    }

    @Test
    void a_wish_survives_a_restart() {
        Run run = taken();
        open(run).step();
        cancel(run);
        core.restart();

        assertThat(reopen(run).step()).isEmpty();

        assertThat(process(run).isRunning()).isFalse();
        assertThat(stored(run).status()).isEqualTo(RunStatus.CANCELED);
    }

    @Test
    void a_wish_wins_over_a_process_that_vanished() {
        Run run = taken();
        RunExecution execution = open(run);
        execution.step();
        process(run).vanishes();
        cancel(run);

        execution.step();

        assertThat(stored(run).status()).isEqualTo(RunStatus.CANCELED);
    }

    // the end of the server

    @Test
    void a_restart_before_the_launch_launches_once() {
        Run run = taken();
        core.restart();
        core.processes.onLaunch(process -> process.answers("{}"));

        assertThat(reopen(run).step()).isEmpty();

        assertThat(core.processes.launches()).hasSize(1);
        assertThat(stored(run).status()).isEqualTo(RunStatus.SUCCEEDED);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void a_server_that_ended_anywhere_before_the_launch_is_continued_with_one_launch(int write) {
        Run run = taken();
        core.disk.failWrite(write, PowerCut::new);
        assertThat(open(run).step()).isPresent();
        core.restart();
        core.processes.onLaunch(process -> process.answers("{\"n\": 1}"));

        assertThat(reopen(run).step()).isEmpty();

        assertThat(core.processes.launches()).hasSize(1);
        assertThat(stored(run).status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(result(run).data()).contains(Map.of("n", 1));
    }

    @Test
    void a_restart_while_the_engine_works_leads_to_the_same_result() {
        Run run = taken();
        open(run).step();
        process(run).prints("say {\"n\": 1}");
        core.restart();
        RunExecution execution = reopen(run);
        assertThat(execution.step()).isPresent();

        process(run).prints("done").exits(0);

        assertThat(execution.step()).isEmpty();
        assertThat(core.processes.launches()).hasSize(1);
        assertThat(stored(run).status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(result(run).data()).contains(Map.of("n", 1));
    }

    @Test
    void an_engine_that_ended_while_nobody_looked_gets_its_verdict() {
        Run run = taken();
        open(run).step();
        core.restart();
        process(run).answers("{\"n\": 1}");

        assertThat(reopen(run).step()).isEmpty();

        assertThat(stored(run).status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(result(run).data()).contains(Map.of("n", 1));
    }

    @Test
    void the_deadline_counts_from_the_first_start_also_after_a_restart() {
        Run run = taken();
        open(run).step();
        core.clock.advance(PAST_THE_DEADLINE);
        core.restart();

        assertThat(reopen(run).step()).isEmpty();

        assertThat(failure(run).code()).isEqualTo(RunFailureCode.TIMEOUT);
    }

    @Test
    void a_process_that_vanished_fails_the_run_as_interrupted() {
        Run run = taken();
        open(run).step();
        process(run).prints("say {}").prints("done").vanishes();
        core.restart();

        assertThat(reopen(run).step()).isEmpty();

        assertThat(failure(run).code()).isEqualTo(RunFailureCode.ORCHESTRATOR_RESTART_INTERRUPTED);
        assertThat(stored(run).recovery().state()).isEqualTo(RecoveryState.FAILED_RECONCILED);
        assertThat(result(run).status()).isEqualTo("failed");
    }

    @Test
    void a_process_whose_records_were_taken_away_fails_the_run_and_the_failure_says_so() {
        Run run = taken();
        open(run).step();
        process(run).prints("say {}").losesItsRecords();
        core.restart();

        assertThat(reopen(run).step()).isEmpty();

        assertThat(failure(run).code()).isEqualTo(RunFailureCode.INTERNAL_ERROR);
        assertThat(failure(run).message()).contains("records", "removed or replaced");
        assertThat(stored(run).recovery().state()).isEqualTo(RecoveryState.NONE);
    }

    @ParameterizedTest
    @MethodSource("writesAfterTheExit")
    void a_server_that_ended_anywhere_after_the_exit_is_continued_with_the_same_verdict(int write) {
        Run run = taken();
        RunExecution execution = open(run);
        execution.step();
        process(run).answers("{\"n\": 1}");
        core.disk.failWrite(write, PowerCut::new);
        assertThat(execution.step()).isPresent();
        assertThat(stored(run).status()).isEqualTo(RunStatus.RUNNING);
        core.restart();

        assertThat(reopen(run).step()).isEmpty();

        assertThat(stored(run).status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(result(run).data()).contains(Map.of("n", 1));
    }

    /** The attempt's end, the result, the status mirror, the cache entry, the run. */
    static IntStream writesAfterTheExit() {
        return IntStream.rangeClosed(1, 5);
    }

    @Test
    void a_run_that_somebody_else_took_over_is_let_go() {
        Run run = taken();
        RunExecution execution = open(run);
        execution.step();
        core.runs.save(
                run.failed(new RunFailure(RunFailureCode.INTERNAL_ERROR, "other"), List.of(), core.clock.instant()));

        assertThat(execution.step()).isEmpty();

        assertThat(process(run).isRunning()).isTrue();
        assertThat(core.workspaces.result(run.id())).isEmpty();
    }

    @Test
    void a_run_that_was_removed_is_let_go() {
        Run run = taken();
        RunExecution execution = open(run);
        execution.step();
        core.runs.remove(run.id());

        assertThat(execution.step()).isEmpty();

        assertThat(core.held()).isEmpty();
    }

    // a full disk

    @ParameterizedTest
    @MethodSource("everyWrite")
    void a_disk_that_is_full_at_any_write_fails_the_run_and_the_server_lives(int write) {
        Run run = taken();
        core.processes.onLaunch(process -> process.answers("{}"));
        core.disk.failWrite(write);

        stepToTheEnd(open(run));

        assertThat(failure(run).code()).isEqualTo(RunFailureCode.STORAGE_FULL);
        assertThat(result(run).failure().orElseThrow().code()).isEqualTo(RunFailureCode.STORAGE_FULL);
        assertThat(core.disk.releases()).isPositive();
        assertThat(core.disk.restores()).isPositive();
    }

    static Stream<Integer> everyWrite() {
        RunExecutionTest sample = new RunExecutionTest();
        sample.install();
        Run run = sample.taken();
        sample.core.processes.onLaunch(process -> process.answers("{}"));
        int before = sample.core.disk.writes().size();
        sample.finish(run);
        return IntStream.rangeClosed(1, sample.core.disk.writes().size() - before)
                .boxed();
    }

    @Test
    void the_reserve_lets_a_run_end_on_a_full_disk() {
        Run run = taken();
        RunExecution execution = open(run);
        execution.step();
        core.disk.fillUpToTheReserve();
        process(run).answers("{}");

        stepToTheEnd(execution);

        assertThat(failure(run).code()).isEqualTo(RunFailureCode.STORAGE_FULL);
    }

    @Test
    void a_disk_that_stays_full_only_delays_the_end() {
        Run run = taken();
        RunExecution execution = open(run);
        execution.step();
        process(run).answers("{}");
        core.disk.fill();

        execution.step();
        assertThat(stepAndWait(execution))
                .hasValueSatisfying(pause -> assertThat(pause).isPositive());
        assertThat(stepAndWait(execution)).isPresent();
        assertThat(stored(run).status()).isEqualTo(RunStatus.RUNNING);
        core.disk.free();

        assertThat(stepAndWait(execution)).isEmpty();
        assertThat(failure(run).code()).isEqualTo(RunFailureCode.STORAGE_FULL);
    }

    @Test
    void a_disk_that_gets_tight_ends_the_engine() {
        Run run = taken();
        RunExecution execution = open(run);
        execution.step();
        core.disk.becomeTight();

        assertThat(execution.step()).isEmpty();

        assertThat(process(run).isRunning()).isFalse();
        assertThat(failure(run).code()).isEqualTo(RunFailureCode.STORAGE_FULL);
        assertThat(attempt(run).stopReason()).contains(RunFailureCode.STORAGE_FULL);
        assertThat(core.disk.releases()).isPositive();
    }

    @Test
    void an_engine_that_fails_on_a_tight_disk_fails_because_of_the_disk() {
        Run run = taken();
        RunExecution execution = open(run);
        execution.step();
        core.disk.becomeTight();
        process(run).exits(1);

        execution.step();

        assertThat(failure(run).code()).isEqualTo(RunFailureCode.STORAGE_FULL);
    }

    @Test
    void a_wish_wins_over_a_full_disk() {
        Run run = taken();
        RunExecution execution = open(run);
        execution.step();
        cancel(run);
        core.disk.failWrite(1);

        stepToTheEnd(execution);

        assertThat(stored(run).status()).isEqualTo(RunStatus.CANCELED);
    }

    // what we did not foresee

    @ParameterizedTest
    @MethodSource("everyWrite")
    void an_unexpected_exception_at_any_write_fails_the_run(int write) {
        Run run = taken();
        core.processes.onLaunch(process -> process.answers("{}"));
        core.disk.failWrite(write, () -> new IllegalStateException("planted"));

        stepToTheEnd(open(run));

        assertThat(failure(run).code()).isEqualTo(RunFailureCode.INTERNAL_ERROR);
        assertThat(failure(run).message()).doesNotContain("planted");
    }

    @Test
    void a_launch_that_fails_after_the_process_started_leaves_no_process() {
        Run run = taken();
        core.processes.failAfterNextStart(() -> new IllegalStateException("planted"));

        stepToTheEnd(open(run));

        assertThat(process(run).isRunning()).isFalse();
        assertThat(failure(run).code()).isEqualTo(RunFailureCode.INTERNAL_ERROR);
    }

    @Test
    void a_parser_that_throws_fails_the_run_and_ends_the_engine() {
        Run run = taken();
        core.driver.breakReaders(new IllegalStateException("planted"));
        core.processes.onLaunch(process -> process.prints("say {}"));

        stepToTheEnd(open(run));

        assertThat(process(run).isRunning()).isFalse();
        assertThat(failure(run).code()).isEqualTo(RunFailureCode.INTERNAL_ERROR);
    }

    @Test
    void a_parser_that_throws_after_the_exit_fails_the_run() {
        Run run = taken();
        core.driver.breakReaders(new IllegalStateException("planted"));
        core.processes.onLaunch(process -> process.answers("{}"));

        stepToTheEnd(open(run));

        assertThat(failure(run).code()).isEqualTo(RunFailureCode.INTERNAL_ERROR);
    }

    @Test
    void a_parser_that_throws_does_not_stand_in_the_way_of_a_wish() {
        Run run = taken();
        RunExecution execution = open(run);
        execution.step();
        core.driver.breakReaders(new IllegalStateException("planted"));
        core.restart();
        process(run).prints("say {}");
        cancel(run);

        stepToTheEnd(reopen(run));

        assertThat(process(run).isRunning()).isFalse();
        assertThat(stored(run).status()).isEqualTo(RunStatus.CANCELED);
    }

    @Test
    void an_output_schema_that_can_not_be_used_fails_the_run() {
        core.skills.install(aSkill().answering(Map.of("type", "strng")).build());
        Run run = taken();
        core.processes.onLaunch(process -> process.answers("{}"));

        stepToTheEnd(open(run));

        assertThat(failure(run).code()).isEqualTo(RunFailureCode.INTERNAL_ERROR);
    }

    // what one run may not take with it

    @ParameterizedTest
    @MethodSource("errors")
    void an_error_in_one_step_ends_that_run_and_is_not_thrown(Supplier<Error> error) {
        Run run = taken();
        core.disk.onNextWrite("result", () -> {
            throw error.get();
        });
        core.processes.onLaunch(process -> process.answers("{}"));

        stepToTheEnd(open(run));

        assertThat(failure(run).code()).isEqualTo(RunFailureCode.INTERNAL_ERROR);
        assertThat(result(run).receipt()).isPresent();
    }

    static Stream<Supplier<Error>> errors() {
        return Stream.of(
                StackOverflowError::new,
                OutOfMemoryError::new,
                NoClassDefFoundError::new,
                ExceptionInInitializerError::new,
                AssertionError::new);
    }

    @Test
    void a_result_that_can_never_be_written_is_given_up_and_the_row_alone_tells_the_end() {
        Run run = taken();
        RunExecution execution = open(run);
        execution.step();
        process(run).answers("{}");
        core.disk.failEvery("result", () -> new IllegalStateException("a folder stands there"));

        List<Duration> pauses = stepThrough(execution);

        assertThat(failure(run).code()).isEqualTo(RunFailureCode.INTERNAL_ERROR);
        assertThat(core.workspaces.result(run.id())).isEmpty();
        assertThat(execution.holdsSlot()).isTrue();
        assertThat(pauses).hasSizeLessThan(10);
    }

    @Test
    void what_stands_in_the_place_of_a_folder_ends_the_run_soon_and_the_row_tells_why() {
        Run run = taken();
        RunExecution execution = open(run);
        for (String write : List.of("skill", "result", "status")) {
            core.disk.failEvery(
                    write, () -> new StorageFaultException(new FileAlreadyExistsException("data/runs"), true));
        }

        List<Duration> pauses = stepThrough(execution);

        assertThat(failure(run).message()).contains("stands where a folder");
        assertThat(pauses.stream().reduce(Duration.ZERO, Duration::plus)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void a_run_whose_row_alone_tells_the_end_has_no_process_any_more() {
        Run run = taken();
        core.processes.onLaunch(process -> process.refusesToDie(3));
        RunExecution execution = open(run);
        execution.step();
        core.disk.failEvery("attempt", () -> new IllegalStateException("a folder stands there"));
        core.clock.advance(PAST_THE_DEADLINE);

        stepThrough(execution);

        assertThat(stored(run).status()).isEqualTo(RunStatus.FAILED);
        assertThat(process(run).works()).isFalse();
    }

    @Test
    void a_wish_that_races_with_the_last_resort_ends_the_run_as_canceled() {
        Run run = taken();
        RunExecution execution = open(run);
        execution.step();
        process(run).answers("{}");
        core.disk.failEvery("result", () -> new IllegalStateException("a folder stands there"));
        core.disk.onNextWrite("run", () -> cancel(run));

        stepThrough(execution);

        assertThat(stored(run).status()).isEqualTo(RunStatus.CANCELED);
    }

    @Test
    void a_row_that_can_not_be_written_costs_a_slot_for_a_while_only_and_is_tried_on() {
        Run run = taken();
        RunExecution execution = open(run);
        execution.step();
        process(run).answers("{}");
        core.disk.failEvery("run", () -> new IllegalStateException("planted"));

        Duration slotHeld = Duration.ZERO;
        for (Optional<Duration> pause = stepAndWait(execution); execution.holdsSlot(); pause = stepAndWait(execution)) {
            slotHeld = slotHeld.plus(pause.orElseThrow());
        }

        assertThat(slotHeld).isBetween(Duration.ofSeconds(30), Duration.ofMinutes(3));
        assertThat(stored(run).status()).isEqualTo(RunStatus.RUNNING);
        core.disk.failNoMore();
        assertThat(execution.step()).isEmpty();
        assertThat(failure(run).code()).isEqualTo(RunFailureCode.INTERNAL_ERROR);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void processes_that_can_never_be_ended_do_not_hold_a_slot_for_ever(boolean canceled) {
        Run run = taken();
        core.processes.onLaunch(process -> process.refusesToDie(Integer.MAX_VALUE));
        RunExecution execution = open(run);
        execution.step();
        if (canceled) {
            cancel(run);
        } else {
            core.clock.advance(PAST_THE_DEADLINE);
        }

        List<Duration> pauses = stepThrough(execution);

        assertThat(pauses).isNotEmpty().isSorted();
        assertThat(stored(run).status()).isEqualTo(canceled ? RunStatus.CANCELED : RunStatus.FAILED);
        assertThat(stored(run).failure().orElseThrow().code())
                .isEqualTo(canceled ? RunFailureCode.CANCELED_BY_USER : RunFailureCode.TIMEOUT);
        assertThat(result(run).receipt()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"prepare-", "prove-", "judge-"})
    void a_wish_ends_a_run_whatever_it_is_held_up_by(String held) {
        Run run = taken();
        core.errands.hold(held);
        core.processes.onLaunch(process -> process.answers("{}"));
        RunExecution execution = open(run);
        assertThat(execution.step()).isPresent();
        cancel(run);
        core.clock.advance(PAST_THE_DEADLINE);

        stepThrough(execution);

        assertThat(stored(run).status()).isEqualTo(RunStatus.CANCELED);
        core.errands.release();
        assertThat(stored(run).status()).isEqualTo(RunStatus.CANCELED);
        assertThat(core.processes.launches()).hasSize(held.equals("prepare-") ? 0 : 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"prepare-", "prove-", "judge-"})
    void the_hard_timeout_ends_a_run_whatever_it_is_held_up_by(String held) {
        Run run = taken();
        core.errands.hold(held);
        core.processes.onLaunch(process -> process.answers("{}"));
        RunExecution execution = open(run);
        assertThat(execution.step()).isPresent();
        core.clock.advance(PAST_THE_DEADLINE);

        stepThrough(execution);

        assertThat(failure(run).code()).isEqualTo(RunFailureCode.TIMEOUT);
    }

    @Test
    void preparing_a_turn_counts_to_its_hard_timeout() {
        Run run = taken();
        core.errands.hold("prepare-");
        RunExecution execution = open(run);
        execution.step();
        core.clock.advance(Duration.ofMinutes(9));
        core.errands.release();

        assertThat(execution.step()).isPresent();
        core.clock.advance(Duration.ofMinutes(1));

        assertThat(execution.step()).isEmpty();
        assertThat(failure(run).code()).isEqualTo(RunFailureCode.TIMEOUT);
    }

    @Test
    void a_lost_request_ends_its_run_and_its_engine() {
        Run run = taken();
        open(run).step();
        core.restart();
        core.runs.remove(run.requestId());

        stepThrough(reopen(run));

        assertThat(failure(run).code()).isEqualTo(RunFailureCode.INTERNAL_ERROR);
        assertThat(process(run).isRunning()).isFalse();
    }

    // could not look is not failed

    @ParameterizedTest
    @MethodSource("passingFaults")
    void what_could_not_be_looked_at_is_looked_at_again(Supplier<? extends RuntimeException> fault) {
        Run run = taken();
        RunExecution execution = open(run);
        execution.step();
        process(run).answers("{\"n\": 1}");
        core.runs.failLooks(fault);

        List<Duration> pauses = List.of(
                stepAndWait(execution).orElseThrow(),
                stepAndWait(execution).orElseThrow(),
                stepAndWait(execution).orElseThrow());

        assertThat(pauses).isSorted().doesNotHaveDuplicates().allMatch(pause -> !pause.isZero());
        core.runs.allowLooks();
        assertThat(execution.step()).isEmpty();
        assertThat(stored(run).status()).isEqualTo(RunStatus.SUCCEEDED);
    }

    @ParameterizedTest
    @MethodSource("passingFaults")
    void a_workspace_that_could_not_be_looked_at_is_looked_at_again(Supplier<? extends RuntimeException> fault) {
        core.skills.install(aSkill().leaving("report.txt").build());
        Run run = taken();
        RunExecution execution = open(run);
        execution.step();
        core.workspaces.leave(run.id(), "report.txt", "text");
        process(run).answers("{\"n\": 1}");
        core.workspaces.failLooks(fault);

        assertThat(stepAndWait(execution))
                .hasValueSatisfying(pause -> assertThat(pause).isPositive());
        assertThat(stepAndWait(execution)).isPresent();

        core.workspaces.allowLooks();
        assertThat(execution.step()).isEmpty();
        assertThat(stored(run).status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(result(run).artifacts()).containsExactly("artifacts/report.txt");
    }

    static Stream<Supplier<? extends RuntimeException>> passingFaults() {
        return Stream.of(
                () -> new UnavailableException("the database is locked", new IllegalStateException()),
                () -> new UncheckedIOException(new IOException("Too many open files")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"result", "run"})
    void an_end_that_can_not_be_stored_now_is_stored_later_and_stays_what_it_was(String write) {
        Run run = taken();
        RunExecution execution = open(run);
        execution.step();
        process(run).answers("{\"n\": 1}");
        core.disk.failEvery(write, () -> new UnavailableException("locked", new IllegalStateException()));
        assertThat(stepAndWait(execution))
                .hasValueSatisfying(pause -> assertThat(pause).isPositive());
        assertThat(stepAndWait(execution)).isPresent();
        core.disk.failNoMore();

        assertThat(execution.step()).isEmpty();

        assertThat(stored(run).status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(result(run).data()).contains(Map.of("n", 1));
    }

    @Test
    void a_wish_is_met_also_where_no_file_can_ever_be_written() {
        Run run = taken();
        RunExecution execution = open(run);
        execution.step();
        cancel(run);
        core.disk.failEvery("result", () -> new UncheckedIOException(new IOException("Is a directory")));

        Duration waited = stepThrough(execution).stream().reduce(Duration.ZERO, Duration::plus);

        assertThat(stored(run).status()).isEqualTo(RunStatus.CANCELED);
        assertThat(waited).isLessThan(Duration.ofSeconds(45));
    }

    @Test
    void whatever_wakes_a_run_meanwhile_a_look_is_taken_again_only_when_it_is_due() {
        Run run = taken();
        RunExecution execution = open(run);
        execution.step();
        process(run).answers("{\"n\": 1}");
        core.runs.failLooks(() -> new UnavailableException("the database is locked", new IllegalStateException()));
        Duration pause = execution.step().orElseThrow();

        for (int wakeUp = 0; wakeUp < 1_000; wakeUp++) {
            assertThat(execution.step()).contains(pause);
        }

        core.runs.allowLooks();
        core.clock.advance(pause);
        assertThat(execution.step()).isEmpty();
        assertThat(stored(run).status()).isEqualTo(RunStatus.SUCCEEDED);
    }

    @Test
    void a_preparation_that_met_a_passing_fault_is_made_again() {
        Run run = taken();
        core.processes.onLaunch(process -> process.answers("{}"));
        core.disk.failWrite(1, () -> new UncheckedIOException(new IOException("Too many open files")));
        RunExecution execution = open(run);

        assertThat(stepAndWait(execution))
                .hasValueSatisfying(pause -> assertThat(pause).isPositive());
        assertThat(stepAndWait(execution)).isEmpty();

        assertThat(stored(run).status()).isEqualTo(RunStatus.SUCCEEDED);
    }

    @Test
    void a_fault_that_does_not_pass_ends_the_run_after_a_while() {
        Run run = taken();
        core.processes.onLaunch(process -> process.answers("{}"));
        core.disk.failEvery("directory", () -> new UncheckedIOException(new IOException("Input/output error")));

        Duration waited = stepThrough(open(run)).stream().reduce(Duration.ZERO, Duration::plus);

        assertThat(failure(run).code()).isEqualTo(RunFailureCode.INTERNAL_ERROR);
        assertThat(waited).isBetween(Duration.ofSeconds(30), Duration.ofMinutes(3));
    }

    // a preparation that ends the server

    @Test
    void a_preparation_that_ended_two_servers_is_not_tried_a_third_time() {
        Run run = taken();
        core.errands.hold("prepare-");
        for (int server = 0; server < 2; server++) {
            RunExecution execution = server == 0 ? open(run) : reopen(run);
            assertThat(execution.step()).isPresent();
            core.restart();
        }

        assertThat(reopen(run).step()).isEmpty();

        assertThat(failure(run).code()).isEqualTo(RunFailureCode.PREPARATION_FAILED);
        assertThat(core.processes.launches()).isEmpty();
    }

    @Test
    void a_preparation_that_ended_one_server_is_tried_again() {
        Run run = taken();
        core.errands.hold("prepare-");
        open(run).step();
        core.restart();
        core.errands.release();
        core.processes.onLaunch(process -> process.answers("{}"));

        assertThat(reopen(run).step()).isEmpty();

        assertThat(stored(run).status()).isEqualTo(RunStatus.SUCCEEDED);
    }

    // a disk that was full for a while

    @Test
    void a_run_that_worked_while_the_disk_was_full_never_succeeds_and_keeps_its_receipt() {
        Run run = taken();
        RunExecution execution = open(run);
        execution.step();
        core.disk.becomeTight();
        core.disk.free();
        process(run).answers("{\"n\": 1}");

        assertThat(execution.step()).isEmpty();

        assertThat(failure(run).code()).isEqualTo(RunFailureCode.STORAGE_FULL);
        assertThat(result(run).receipt()).isPresent();
        assertThat(result(run).data()).isEmpty();
    }

    @Test
    void a_restart_does_not_forget_that_the_disk_was_full() {
        Run run = taken();
        core.processes.onLaunch(process -> process.refusesToDie(1));
        RunExecution execution = open(run);
        execution.step();
        core.disk.becomeTight();
        assertThat(execution.step()).isPresent();
        core.disk.free();
        core.restart();
        process(run).answers("{\"n\": 1}");

        assertThat(reopen(run).step()).isEmpty();

        assertThat(failure(run).code()).isEqualTo(RunFailureCode.STORAGE_FULL);
        assertThat(result(run).receipt()).isPresent();
    }

    @Test
    void a_run_that_starts_after_a_shortage_is_not_held_to_it() {
        core.disk.becomeTight();
        core.disk.free();
        Run run = taken();
        core.processes.onLaunch(process -> process.answers("{}"));

        finish(run);

        assertThat(stored(run).status()).isEqualTo(RunStatus.SUCCEEDED);
    }

    // the clock of the machine is set

    @ParameterizedTest
    @ValueSource(longs = {-3_600, 3_600, -86_400 * 365, 86_400 * 365})
    void a_clock_that_is_set_ends_no_run_early_and_none_late(long seconds) {
        Run run = taken();
        RunExecution execution = open(run);
        execution.step();
        core.clock.set(core.clock.instant().plusSeconds(seconds));
        assertThat(execution.step()).contains(core.settings().poll());
        core.clock.advance(Duration.ofMinutes(10).minusMillis(1));
        assertThat(execution.step()).contains(Duration.ofMillis(1));
        core.clock.advance(Duration.ofMillis(1));

        assertThat(execution.step()).isEmpty();

        assertThat(failure(run).code()).isEqualTo(RunFailureCode.TIMEOUT);
    }

    @Test
    void a_clock_that_was_set_back_over_a_restart_gives_a_run_its_whole_time_and_no_more() {
        Run run = taken();
        open(run).step();
        core.restart();
        core.clock.set(ManualClock.START.minus(Duration.ofHours(1)));
        RunExecution execution = reopen(run);
        assertThat(execution.step()).isPresent();

        core.clock.advance(Duration.ofMinutes(10));

        assertThat(execution.step()).isEmpty();
        assertThat(failure(run).code()).isEqualTo(RunFailureCode.TIMEOUT);
    }

    /** Stands for the end of the server in the middle of a write: the execution that meets it is never stepped again. */
    private static final class PowerCut extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @Test
    void a_result_that_says_otherwise_than_its_run_is_written_anew() {
        Run run = taken();
        core.processes.onLaunch(process -> process.exits(3));
        open(run).step();
        RunResult failed = result(run);
        RunRequest other = core.create(command(Map.of(), Optional.empty()));
        core.server().cancelRun.cancel(other.id());
        Run canceled = core.runs.find(other.runId().orElseThrow()).orElseThrow();
        core.workspaces.writeResult(canceled.id(), failed);

        core.server().readRunResult.read(stored(canceled), (stored, of) -> RunResult.word(of.status())
                .equals(result(canceled).status()));

        assertThat(result(canceled).status()).isEqualTo("canceled");
    }

    private Run taken() {
        return taken(command(Map.of(), Optional.empty()));
    }

    private Run taken(CreateRunCommand command) {
        RunRequest request = core.create(command);
        Run run = core.runs
                .takeNextQueued(RunFixtures.lease("node-1"), core.clock.instant())
                .orElseThrow();
        assertThat(request.runId()).contains(run.id());
        return run;
    }

    private static CreateRunCommand command(Map<String, Object> parameter, Optional<String> model) {
        return new CreateRunCommand("demo", "codex", Map.of(), parameter, model, Map.of(), false);
    }

    private RunExecution open(Run run) {
        return core.server().executions.open(run, false);
    }

    private RunExecution reopen(Run run) {
        return core.server().executions.open(stored(run), true);
    }

    private void finish(Run run) {
        try (RunExecution execution = open(run)) {
            assertThat(execution.step()).isEmpty();
        }
    }

    private void stepToTheEnd(RunExecution execution) {
        for (int i = 0; i < 10; i++) {
            if (stepAndWait(execution).isEmpty()) {
                return;
            }
        }
        throw new AssertionError("the run does not end");
    }

    /** Steps, and lets the time pass until the next step is due. */
    private Optional<Duration> stepAndWait(RunExecution execution) {
        Optional<Duration> pause = execution.step();
        pause.ifPresent(core.clock::advance);
        return pause;
    }

    /** Steps to the end, each step when it is due. @return the pauses that were asked for */
    private List<Duration> stepThrough(RunExecution execution) {
        List<Duration> pauses = new ArrayList<>();
        for (Optional<Duration> pause = stepAndWait(execution); pause.isPresent(); pause = stepAndWait(execution)) {
            pauses.add(pause.get());
            assertThat(pauses).as("the run does not end").hasSizeLessThan(100);
        }
        return pauses;
    }

    private void cancel(Run run) {
        assertThat(core.server().cancelRun.cancel(run.requestId()).accepted()).isTrue();
    }

    private Run stored(Run run) {
        return core.runs.find(run.id()).orElseThrow();
    }

    private RunFailure failure(Run run) {
        assertThat(stored(run).status()).isEqualTo(RunStatus.FAILED);
        return stored(run).failure().orElseThrow();
    }

    private RunResult result(Run run) {
        RunId id = run.id();
        return core.workspaces.result(id).orElseThrow();
    }

    private Attempt attempt(Run run) {
        return core.runs.find(run.id(), 1).orElseThrow();
    }

    private ScriptedProcess process(Run run) {
        return core.processes.process(run.id(), 1);
    }
}
