package skillrunner.application.run.execution;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import skillrunner.application.engine.EngineCommand;
import skillrunner.application.run.process.EngineUnavailableException;
import skillrunner.application.run.result.RunResult;
import skillrunner.application.storage.UnavailableException;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.model.ModelEntry;
import skillrunner.domain.run.RepairLevel;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunFailureCode;
import skillrunner.domain.run.RunStatus;
import skillrunner.domain.skill.SkillId;

import static org.assertj.core.api.Assertions.assertThat;
import static skillrunner.testkit.skill.SkillBuilder.aSkill;

/** Carrying out one attempt that meets no trouble, step by step. */
class RunExecutionTest extends ExecutionTestBed {
    private static final Map<String, Object> NUMBER =
            Map.of("type", "object", "required", List.of("n"), "properties", Map.of("n", Map.of("type", "integer")));

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
            assertThat(audit.completion().state().wire()).isEqualTo("completed");
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
}
