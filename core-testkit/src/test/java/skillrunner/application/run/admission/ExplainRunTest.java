package skillrunner.application.run.admission;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import skillrunner.application.engine.CliSource;
import skillrunner.application.engine.EngineCommand;
import skillrunner.application.engine.EngineReadiness;
import skillrunner.application.run.turn.ForeseenFailure;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.engine.KnownMajors;
import skillrunner.domain.model.ModelEntry;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.FieldError;
import skillrunner.domain.problem.Refusal;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.run.RunFailureCode;
import skillrunner.domain.skill.SkillId;
import skillrunner.testkit.run.CoreOnFakes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static skillrunner.testkit.skill.SkillBuilder.aSkill;

/** What would become of a request, told by the checks and the planner of real ones. */
class ExplainRunTest {
    private final CoreOnFakes core = new CoreOnFakes();

    @BeforeEach
    void install() {
        core.skills.install(aSkill().prompting(EngineId.CODEX, "Count {{ input.topic }} in {{ run_dir }}")
                .takingInline("topic", "string")
                .build());
        core.skills.install(aSkill("with-file")
                .takingFile("doc", true)
                .takingFile("notes", false)
                .build());
    }

    @Test
    void a_good_request_is_told_whole_and_nothing_is_stored() {
        core.offerModels(ModelEntry.named("m-1", "M 1", List.of()));

        Explanation told = explain(ask("demo", Map.of("topic", "words"), "m-1"));

        assertThat(told.refusals()).isEmpty();
        assertThat(told.failures()).isEmpty();
        assertThat(told.command()).containsExactly("codex", "exec", "--model", "m-1");
        assertThat(told.environment()).contains("PATH", "TMPDIR");
        assertThat(told.cli())
                .hasValueSatisfying(cli -> assertThat(cli.source()).isEqualTo(CliSource.MANAGED));
        assertThat(told.model()).contains("m-1");
        assertThat(told.snapshot()).contains("models_1.0.0.json");
        assertThat(told.prompt()).contains("Count words in <run_dir>");
        assertThat(told.filesExpected()).isEmpty();
        assertThat(told.queue()).isEqualTo(new Explanation.Queue(Optional.of(1), 0, 2));
        assertNothingStored();
    }

    @Test
    void the_cache_key_is_that_of_the_run_and_a_hit_is_told() {
        Explanation before = explain(ask("demo", Map.of("topic", "words"), ""));
        core.create(ask("demo", Map.of("topic", "words"), ""));
        core.processes.onLaunch(process -> process.answers("{}"));
        core.server().dispatcher.start();
        core.server().tasks().runAll();

        Explanation after = explain(ask("demo", Map.of("topic", "words"), ""));

        assertThat(before.cache().orElseThrow().hit()).isFalse();
        assertThat(after.cache().orElseThrow().hit()).isTrue();
        assertThat(after.cache().orElseThrow().key())
                .isEqualTo(before.cache().orElseThrow().key());
        assertThat(after.queue().position()).isEmpty();
    }

    @Test
    void every_refusal_is_told_at_once_with_its_places() {
        Explanation told = explain(new CreateRunCommand(
                "demo",
                "codex",
                Map.of("topic", 1, "other", true),
                Map.of(),
                Optional.of("no-such-model"),
                Map.of("no_cache", "yes", "no-such-option", 1),
                false));

        assertThat(told.refusals())
                .extracting(Refusal::code)
                .containsExactly(ErrorCode.REQUEST_INVALID, ErrorCode.MODEL_UNKNOWN, ErrorCode.REQUEST_INVALID);
        assertThat(told.refusals())
                .flatExtracting(Refusal::errors)
                .extracting(FieldError::pointer)
                .containsExactly(
                        "/runtime_options/no-such-option", "/runtime_options/no_cache", "/model", "/input/other");
        assertThat(told.command()).isEmpty();
        assertThat(told.prompt()).isEmpty();
        assertThat(told.cache()).isEmpty();
        assertThat(told.queue().position()).isEmpty();
        assertNothingStored();
    }

    @Test
    void of_an_unknown_skill_the_rest_is_checked_as_far_as_it_goes() {
        Explanation told = explain(new CreateRunCommand(
                "absent", "no-engine", Map.of(), Map.of(), Optional.empty(), Map.of("debug", 1), false));

        assertThat(told.refusals())
                .extracting(Refusal::code)
                .containsExactly(ErrorCode.SKILL_NOT_FOUND, ErrorCode.REQUEST_INVALID, ErrorCode.REQUEST_INVALID);
        assertThat(told.cli()).isEmpty();
    }

    @Test
    void what_explaining_refuses_first_is_what_creating_refuses() {
        core.skills.install(aSkill("not-here").notOn(EngineId.CODEX).build());
        for (CreateRunCommand command : List.of(
                ask("absent", Map.of(), ""),
                ask("not-here", Map.of(), ""),
                ask("demo", Map.of("topic", 1), ""),
                ask("demo", Map.of("topic", "a"), "nope"),
                new CreateRunCommand("demo", "gemini", Map.of(), Map.of(), Optional.empty(), Map.of(), false),
                new CreateRunCommand(
                        "demo",
                        "codex",
                        Map.of(),
                        Map.of(),
                        Optional.empty(),
                        Map.of("execution_mode", "interactive"),
                        false))) {
            Refusal refused = catchThrowableOfType(
                            RefusedException.class,
                            () -> core.server().createRun.create(command, Optional.empty()))
                    .refusal();

            assertThat(explain(command).refusals()).first().isEqualTo(refused);
        }
    }

    @Test
    void a_missing_cli_a_major_version_nobody_drives_and_a_full_queue_are_refusals() {
        CreateRunCommand command = ask("demo", Map.of("topic", "a"), "");
        for (int i = 0; i < 3; i++) {
            core.create(command);
        }
        assertThat(explain(command).refusals()).extracting(Refusal::code).containsExactly(ErrorCode.RUN_QUEUE_FULL);
        assertThat(explain(command).queue()).isEqualTo(new Explanation.Queue(Optional.empty(), 3, 2));

        core.driver.knows(KnownMajors.of(7, 7));
        core.versions.install(EngineId.CODEX, "9.1.0");
        assertThat(explain(command).refusals())
                .extracting(Refusal::code)
                .containsExactly(ErrorCode.ENGINE_VERSION_UNSUPPORTED, ErrorCode.RUN_QUEUE_FULL);

        core.uninstall(EngineId.CODEX);
        Explanation told = explain(command);
        assertThat(told.refusals())
                .extracting(Refusal::code)
                .containsExactly(ErrorCode.ENGINE_NOT_INSTALLED, ErrorCode.RUN_QUEUE_FULL);
        assertThat(told.cli().orElseThrow().source()).isEqualTo(CliSource.MISSING);
        assertThat(told.command()).startsWith("codex");
    }

    @Test
    void a_cli_that_is_not_signed_in_is_a_warning() {
        core.signOut();

        assertThat(explain(ask("demo", Map.of("topic", "a"), "")).warnings())
                .containsExactly(EngineReadiness.NOT_SIGNED_IN);
    }

    @Test
    void the_files_a_skill_takes_are_expected_and_their_key_is_not_known_before() {
        Explanation told = explain(ask("with-file", Map.of(), ""));

        assertThat(told.filesExpected())
                .containsExactly(
                        new Explanation.ExpectedFile("doc", true), new Explanation.ExpectedFile("notes", false));
        assertThat(told.cache()).contains(new Explanation.Cached(Optional.empty(), false));
        assertThat(told.failures()).isEmpty();
        assertThat(told.refusals()).isEmpty();
        assertNothingStored();
    }

    @Test
    void what_the_run_would_fail_with_is_told_at_its_place() {
        core.skills.install(
                aSkill("strict").takingParameter("language", "string").build());
        core.skills.install(aSkill("odd").prompting(EngineId.CODEX, "{{ broken").build());
        core.skills.write(new SkillId("odd"), "assets/codex.conf", "broken");

        Explanation strict = explain(new CreateRunCommand(
                "strict", "codex", Map.of(), Map.of("language", 5), Optional.empty(), Map.of(), false));
        Explanation odd = explain(ask("odd", Map.of(), ""));

        assertThat(strict.refusals()).isEmpty();
        assertThat(strict.failures())
                .extracting(ForeseenFailure::code)
                .containsExactly(RunFailureCode.INPUT_VALIDATION_FAILED);
        assertThat(strict.failures().get(0).places())
                .extracting(FieldError::pointer)
                .containsExactly("/parameter/language");
        assertThat(odd.failures()).extracting(ForeseenFailure::code).contains(RunFailureCode.ENGINE_UNAVAILABLE);
        assertThat(odd.command()).isEmpty();
    }

    @Test
    void secrets_of_a_skills_settings_and_the_prompt_are_not_in_the_command() {
        core.driver.takePrompts(EngineCommand.Prompt.LAST_ARGUMENT);
        core.skills.write(new SkillId("demo"), "assets/codex.conf", "api_key=\"hunter2\"");

        Explanation told = explain(ask("demo", Map.of("topic", "-rf"), ""));

        assertThat(told.command()).contains("api_key=***").endsWith("<prompt>");
        assertThat(told.toString()).doesNotContain("hunter2");
    }

    private Explanation explain(CreateRunCommand command) {
        return core.server().explainRun.explain(command);
    }

    private void assertNothingStored() {
        assertThat(core.runs.requests()).isEmpty();
        assertThat(core.runs.all()).isEmpty();
        assertThat(core.processes.launches()).isEmpty();
    }

    private static CreateRunCommand ask(String skill, Map<String, Object> input, String model) {
        return new CreateRunCommand(skill, "codex", input, Map.of(), Optional.of(model), Map.of(), false);
    }
}
