package skillrunner.application.run.admission;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.application.storage.StorageFullException;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.engine.KnownMajors;
import skillrunner.domain.model.ModelEntry;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.FieldError;
import skillrunner.domain.problem.Refusal;
import skillrunner.domain.problem.RefusalFacts;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.run.IdempotencyKey;
import skillrunner.domain.run.RequestId;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunRequest;
import skillrunner.domain.run.RunStatus;
import skillrunner.domain.skill.ExecutionMode;
import skillrunner.domain.skill.SkillId;
import skillrunner.testkit.run.CoreOnFakes;
import skillrunner.testkit.run.RunFixtures;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static skillrunner.testkit.skill.SkillBuilder.aSkill;

/** From a client's request to a queued run, or to the answer of an earlier one. */
class AdmissionTest {
    private final CoreOnFakes core = new CoreOnFakes();

    @BeforeEach
    void install() {
        core.skills.install(aSkill().build());
        core.skills.install(aSkill("with-topic").takingInline("topic", "string").build());
        core.skills.install(aSkill("with-file").takingFile("doc", true).build());
        core.skills.install(aSkill("with-option").takingFile("doc", false).build());
    }

    // creating

    @Test
    void a_request_without_files_is_queued_at_once() {
        RunRequest request = create(ask("demo"));

        Run run = core.runs.find(request.runId().orElseThrow()).orElseThrow();
        assertThat(run.status()).isEqualTo(RunStatus.QUEUED);
        assertThat(run.requestId()).isEqualTo(request.id());
        assertThat(request.cacheHit()).isFalse();
        assertThat(core.runs.findRequest(request.id())).contains(request);
    }

    @Test
    void a_request_that_needs_a_file_waits_for_it() {
        RunRequest request = create(ask("with-file"));

        assertThat(request.runId()).isEmpty();
        assertThat(core.runs.findRequest(request.id())).contains(request);
        assertThat(core.runs.all()).isEmpty();
    }

    @Test
    void an_optional_file_is_awaited_only_on_demand() {
        assertThat(create(ask("with-option")).runId()).isPresent();
        assertThat(create(new Ask("with-option").awaiting().command()).runId()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"absent", "", "../demo", "DEMO"})
    void an_unknown_skill_is_not_found(String id) {
        assertThat(refused(ask(id)).code()).isEqualTo(ErrorCode.SKILL_NOT_FOUND);
    }

    @Test
    void a_name_that_is_no_engine_is_named_as_wrong_place() {
        Refusal refusal = refused(new Ask("demo").engine("Codex!").command());

        assertThat(refusal.code()).isEqualTo(ErrorCode.REQUEST_INVALID);
        assertThat(refusal.errors()).extracting(FieldError::pointer).containsExactly("/engine");
        assertThat(refusal.detail()).contains("codex, gemini, iflow, opencode");
    }

    @Test
    void an_engine_the_skill_rules_out_is_refused_with_the_facts() {
        core.skills.install(aSkill().notOn(EngineId.CODEX).build());

        Refusal refusal = refused(ask("demo"));

        assertThat(refusal.code()).isEqualTo(ErrorCode.SKILL_ENGINE_UNSUPPORTED);
        assertThat(refusal.facts())
                .contains(new RefusalFacts.SkillEngines(
                        List.of(),
                        List.of(EngineId.CODEX),
                        List.of(EngineId.GEMINI, EngineId.IFLOW, EngineId.OPENCODE),
                        EngineId.CODEX));
    }

    @Test
    void an_engine_left_out_of_this_server_is_refused() {
        assertThat(refused(new Ask("demo").engine("gemini").command()).code()).isEqualTo(ErrorCode.ENGINE_NOT_IN_USE);
        assertThat(refused(new Ask("demo").engine("iflow").command()).code()).isEqualTo(ErrorCode.ENGINE_NOT_IN_USE);
    }

    @Test
    void an_unknown_model_is_refused_and_an_empty_one_is_none() {
        core.offerModels(ModelEntry.named("gpt-5", "GPT-5", List.of()));

        Refusal refusal = refused(new Ask("demo").model("gpt-6").command());

        assertThat(refusal.code()).isEqualTo(ErrorCode.MODEL_UNKNOWN);
        assertThat(refusal.errors()).extracting(FieldError::pointer).containsExactly("/model");
        assertThat(create(new Ask("demo").model("").command()).model()).isEmpty();
    }

    @Test
    void a_mode_the_skill_or_the_engine_lacks_is_refused() {
        Ask interactive = new Ask("demo").option("execution_mode", "interactive");
        assertThat(refused(interactive.command()).code()).isEqualTo(ErrorCode.SKILL_EXECUTION_MODE_UNSUPPORTED);

        core.skills.install(aSkill().inModes(ExecutionMode.INTERACTIVE).build());
        core.driver.runsIn(Set.of(ExecutionMode.AUTO));
        Refusal byEngine = refused(interactive.command());
        assertThat(byEngine.code()).isEqualTo(ErrorCode.SKILL_EXECUTION_MODE_UNSUPPORTED);
        assertThat(byEngine.detail()).contains("codex");
        assertThat(byEngine.facts())
                .contains(new RefusalFacts.SkillModes(List.of(ExecutionMode.INTERACTIVE), ExecutionMode.INTERACTIVE));
    }

    @Test
    void every_wrong_input_key_is_named() {
        Refusal refusal =
                refused(new Ask("with-file").input(Map.of("doc", "x", "a/b", 1)).command());

        assertThat(refusal.errors()).extracting(FieldError::pointer).containsExactly("/input/a~1b", "/input/doc");
    }

    @Test
    void inline_values_are_checked_against_the_schema() {
        assertThat(refused(ask("with-topic")).detail()).isEqualTo("Input validation failed: /topic: is required");
        assertThat(refused(new Ask("with-topic").input(Map.of("topic", 7)).command())
                        .errors())
                .extracting(FieldError::pointer)
                .containsExactly("/input/topic");
        assertThat(create(new Ask("with-topic").input(Map.of("topic", "x")).command())
                        .input())
                .isEqualTo(Map.of("topic", "x"));
    }

    @Test
    void a_bare_value_is_bound_to_the_only_inline_key() {
        assertThat(create(new Ask("with-topic").input("bare").command()).input())
                .isEqualTo(Map.of("topic", "bare"));
        assertThat(refused(new Ask("demo").input("bare").command()).errors())
                .extracting(FieldError::pointer)
                .containsExactly("/input");
    }

    @Test
    void the_first_check_that_fails_is_told() {
        core.offerModels(ModelEntry.named("gpt-5", "GPT-5", List.of()));
        core.skills.install(aSkill("picky")
                .on(EngineId.CODEX)
                .takingInline("topic", "string")
                .build());
        Ask ask = new Ask("absent")
                .engine("nonsense!")
                .option("verbose", 9)
                .model("gpt-6")
                .input(Map.of("wrong", 1));

        assertThat(refused(ask.command()).code()).isEqualTo(ErrorCode.SKILL_NOT_FOUND);
        assertThat(refused(ask.skill("picky").command()).errors())
                .extracting(FieldError::pointer)
                .containsExactly("/engine");
        assertThat(refused(ask.engine("gemini").command()).code()).isEqualTo(ErrorCode.SKILL_ENGINE_UNSUPPORTED);
        assertThat(refused(ask.engine("codex").command()).errors())
                .extracting(FieldError::pointer)
                .containsExactly("/runtime_options/verbose");
        ask.options = Map.of("execution_mode", "interactive");
        assertThat(refused(ask.command()).code()).isEqualTo(ErrorCode.MODEL_UNKNOWN);
        assertThat(refused(ask.model("gpt-5").command()).code()).isEqualTo(ErrorCode.SKILL_EXECUTION_MODE_UNSUPPORTED);
        ask.options = Map.of();
        assertThat(refused(ask.command()).errors())
                .extracting(FieldError::pointer)
                .containsExactly("/input/wrong");
    }

    @Test
    void a_refused_request_leaves_nothing_behind() {
        refused(ask("absent"));
        refused(new Ask("demo").engine("gemini").command());
        refused(new Ask("demo").option("no_cache", "yes").command());
        refused(ask("with-topic"));

        assertThat(core.runs.requests()).isEmpty();
        assertThat(core.runs.all()).isEmpty();
        assertThat(core.disk.writes()).isEmpty();
    }

    @Test
    void a_full_queue_refuses_and_stores_nothing() {
        for (int i = 0; i < core.settings().maxQueued(); i++) {
            create(ask("demo"));
        }

        assertThat(refused(ask("demo")).code()).isEqualTo(ErrorCode.RUN_QUEUE_FULL);

        assertThat(core.runs.requests()).hasSize(core.settings().maxQueued());
        core.server().dispatcher.start();
        assertThat(create(ask("demo")).runId()).isPresent();
    }

    @Test
    void a_full_disk_refuses_and_stores_nothing() {
        core.disk.fill();

        assertThatThrownBy(() -> create(ask("demo"))).isInstanceOf(StorageFullException.class);

        assertThat(core.runs.requests()).isEmpty();
    }

    // keys

    @Test
    void the_same_request_under_one_key_creates_one_run_and_is_told_the_same_wherever_the_run_stands() {
        Acceptance first = keyed(new Ask("demo").parameter("a", 1), "once");
        carryOut();
        core.restart();
        Acceptance again = keyed(new Ask("demo").parameter("a", 1), "once");

        assertThat(again).isEqualTo(first);
        assertThat(first.status()).contains(RunStatus.QUEUED);
        assertThat(core.runs.requests()).hasSize(1);
    }

    @Test
    void another_request_under_a_used_key_is_refused_and_creates_nothing() {
        keyed(new Ask("demo"), "once");

        for (Ask other : List.of(
                new Ask("with-topic"),
                new Ask("demo").engine("gemini"),
                new Ask("demo").input(Map.of("x", 1)),
                new Ask("demo").parameter("a", 1),
                new Ask("demo").model("m"),
                new Ask("demo").option("no_cache", true),
                new Ask("demo").awaiting())) {
            assertThat(catchThrowableOfType(RefusedException.class, () -> keyed(other, "once"))
                            .refusal()
                            .code())
                    .isEqualTo(ErrorCode.IDEMPOTENCY_KEY_REUSED);
        }
        assertThat(core.runs.requests()).hasSize(1);
    }

    @Test
    void what_was_asked_under_a_key_is_stored_as_the_digest_it_ever_was() {
        keyed(new Ask("demo").parameter("a", 1).option("no_cache", true), "once");

        // SHA-256 of {"await_upload":false,"engine":"codex","input":{},"parameter":{"a":1},
        // "runtime_options":{"no_cache":true},"skill_id":"demo"}
        assertThat(core.runs
                        .acceptedUnder(new IdempotencyKey("once"))
                        .orElseThrow()
                        .question())
                .as("a server that was updated must know the keys of the one before it")
                .isEqualTo("cb178434c767d4fbc40b52a4ab6b9307a719f7855d248309f2edb240b73f0126");
    }

    @Test
    void a_refused_request_uses_no_key() {
        assertThat(catchThrowableOfType(RefusedException.class, () -> keyed(new Ask("absent"), "once")))
                .isNotNull();

        assertThat(keyed(new Ask("demo"), "once").status()).contains(RunStatus.QUEUED);
    }

    @Test
    void a_full_queue_answers_a_used_key_and_takes_no_new_one() {
        Acceptance first = keyed(new Ask("demo").parameter("n", 0), "key-0");
        keyed(new Ask("demo").parameter("n", 1), "key-1");
        keyed(new Ask("demo").parameter("n", 2), "key-2");

        Ask fourth = new Ask("demo").parameter("n", 3);
        assertThat(catchThrowableOfType(RefusedException.class, () -> keyed(fourth, "key-3"))
                        .refusal()
                        .code())
                .isEqualTo(ErrorCode.RUN_QUEUE_FULL);
        assertThat(keyed(new Ask("demo").parameter("n", 0), "key-0")).isEqualTo(first);
        core.runs.takeNextQueued(RunFixtures.lease("node-1"), core.clock.instant());
        assertThat(keyed(fourth, "key-3").status()).contains(RunStatus.QUEUED);
    }

    @Test
    void a_request_that_waits_for_files_is_told_the_same_after_the_upload() throws IOException {
        Acceptance first = keyed(new Ask("with-file"), "once");
        upload(first.request(), "doc=text");

        assertThat(keyed(new Ask("with-file"), "once")).isEqualTo(first);
        assertThat(first.status()).isEmpty();
        assertThat(core.runs.all()).hasSize(1);
    }

    @Test
    void a_cache_hit_keeps_its_key_too() {
        create(ask("demo"));
        carryOut();
        Acceptance hit = keyed(new Ask("demo"), "once");

        assertThat(hit.cacheHit()).isTrue();
        assertThat(keyed(new Ask("demo"), "once")).isEqualTo(hit);
    }

    @Test
    void a_key_is_kept_even_if_the_skill_or_the_cli_is_gone_since() {
        Acceptance first = keyed(new Ask("demo"), "once");
        core.uninstall(EngineId.CODEX);

        assertThat(keyed(new Ask("demo"), "once")).isEqualTo(first);
    }

    // engines

    @Test
    void a_request_for_an_engine_that_is_not_installed_is_refused_with_the_command_that_installs_it() {
        core.uninstall(EngineId.CODEX);

        for (String skill : List.of("demo", "with-file")) {
            Refusal refusal = refused(ask(skill));
            assertThat(refusal.code()).isEqualTo(ErrorCode.ENGINE_NOT_INSTALLED);
            assertThat(refusal.detail()).contains("not installed", "Install codex");
        }
        assertThat(core.runs.requests()).isEmpty();
    }

    @Test
    void a_request_for_a_cli_of_an_unknown_major_version_is_refused_until_it_is_replaced() {
        core.driver.knows(KnownMajors.of(0, 1));
        core.versions.install(EngineId.CODEX, "2.0.1");

        for (String skill : List.of("demo", "with-file")) {
            Refusal refusal = refused(ask(skill));
            assertThat(refusal.code()).isEqualTo(ErrorCode.ENGINE_VERSION_UNSUPPORTED);
            assertThat(refusal.detail()).contains("2.0.1", "0, 1", "Take another codex");
        }
        assertThat(core.runs.requests()).isEmpty();

        core.versions.install(EngineId.CODEX, "1.18.33");
        assertThat(create(ask("demo")).runId()).isPresent();
    }

    @Test
    void a_cli_whose_version_nobody_knows_is_not_refused() {
        core.driver.knows(KnownMajors.of(0, 1));

        assertThat(create(ask("demo")).runId()).isPresent();
    }

    @Test
    void an_earlier_answer_needs_no_cli() throws IOException {
        create(ask("demo"));
        uploaded("doc=text");
        carryOut();
        core.uninstall(EngineId.CODEX);

        assertThat(create(ask("demo")).cacheHit()).isTrue();
        assertThat(refused(new Ask("demo").parameter("a", 1).command()).code())
                .isEqualTo(ErrorCode.ENGINE_NOT_INSTALLED);
        Acceptance waiting = core.server().createRun.create(ask("with-file"), Optional.empty());
        assertThat(waiting.warnings()).containsExactly("ENGINE_NOT_INSTALLED");
        assertThat(refusedUpload(waiting.request(), "doc=other").code()).isEqualTo(ErrorCode.ENGINE_NOT_INSTALLED);
        assertThat(upload(waiting.request(), "doc=text").acceptance().cacheHit())
                .isTrue();
    }

    @Test
    void a_request_for_an_engine_that_is_certainly_signed_out_is_accepted_with_a_warning() {
        core.signOut();

        Acceptance told = core.server().createRun.create(ask("demo"), Optional.empty());
        RunRequest request = core.runs.findRequest(told.request()).orElseThrow();

        assertThat(told.warnings()).containsExactly("ENGINE_NOT_SIGNED_IN");
        assertThat(run(request).warnings()).containsExactly("ENGINE_NOT_SIGNED_IN");
        core.processes.onLaunch(process -> process.exits(1));
        core.server().dispatcher.start();
        core.server().tasks().runAll();
        assertThat(run(request).status()).isEqualTo(RunStatus.FAILED);
        assertThat(run(request).warnings()).containsExactly("ENGINE_NOT_SIGNED_IN");
    }

    @Test
    void success_proves_the_warning_wrong() {
        core.signOut();
        RunRequest request = create(ask("demo"));

        carryOut();

        assertThat(run(request).status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(run(request).warnings()).isEmpty();
    }

    // uploading

    @Test
    void an_upload_starts_the_run() throws IOException {
        RequestId id = create(ask("with-file")).id();

        UploadRunInput.Uploaded uploaded = upload(id, "doc=text\nmore=x");

        assertThat(uploaded.files()).containsExactly("doc", "more");
        assertThat(core.runs
                        .find(core.runs
                                .findRequest(id)
                                .flatMap(RunRequest::runId)
                                .orElseThrow())
                        .orElseThrow()
                        .status())
                .isEqualTo(RunStatus.QUEUED);
    }

    @Test
    void an_uploaded_file_reaches_the_run_and_a_missing_one_fails_it() throws IOException {
        core.processes.onLaunch(process -> process.answers("{}"));
        core.server().dispatcher.start();
        RunRequest good = uploaded("doc=text");
        RunRequest bad = uploaded("wrong=text");

        core.server().tasks().runAll();

        assertThat(run(good).status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(run(bad).failure().orElseThrow().message()).isEqualTo("Missing required input files: doc");
    }

    @Test
    void an_upload_for_an_unknown_request_is_refused() {
        assertThat(refusedUpload(new RequestId("99999999-9999-4999-8999-999999999999"), "doc=x")
                        .code())
                .isEqualTo(ErrorCode.REQUEST_NOT_FOUND);
    }

    @Test
    void an_upload_after_the_start_is_refused() throws IOException {
        RequestId id = create(ask("with-file")).id();
        upload(id, "doc=text");

        assertThat(refusedUpload(id, "doc=other").code()).isEqualTo(ErrorCode.RUN_ALREADY_STARTED);

        assertThat(core.runs.all()).hasSize(1);
    }

    @Test
    void a_second_upload_while_the_first_is_being_taken_is_refused() throws IOException {
        RequestId id = create(ask("with-file")).id();
        InputStream slow = new ByteArrayInputStream("doc=text".getBytes(UTF_8)) {
            @Override
            public synchronized byte[] readAllBytes() {
                assertThat(refusedUpload(id, "doc=other").code()).isEqualTo(ErrorCode.RUN_ALREADY_STARTED);
                return super.readAllBytes();
            }
        };

        assertThat(core.server().uploadRunInput.upload(id, slow).acceptance().status())
                .contains(RunStatus.QUEUED);
    }

    @Test
    void a_bad_archive_can_be_replaced_by_a_good_one() throws IOException {
        RequestId id = create(ask("with-file")).id();

        assertThat(refusedUpload(id, "garbage").code()).isEqualTo(ErrorCode.ARCHIVE_INVALID);

        assertThat(upload(id, "doc=text").acceptance().status()).contains(RunStatus.QUEUED);
    }

    @Test
    void an_upload_into_a_full_queue_can_be_tried_again() throws IOException {
        RequestId id = create(ask("with-file")).id();
        for (int i = 0; i < core.settings().maxQueued(); i++) {
            create(ask("demo"));
        }

        assertThat(refusedUpload(id, "doc=text").code()).isEqualTo(ErrorCode.RUN_QUEUE_FULL);
        assertThat(core.runs.findRequest(id).orElseThrow().runId()).isEmpty();
        core.server().dispatcher.start();

        assertThat(upload(id, "doc=text").acceptance().status()).contains(RunStatus.QUEUED);
    }

    @Test
    void an_upload_for_a_skill_removed_meanwhile_is_refused() {
        RequestId id = create(ask("with-file")).id();
        core.skills.remove(new SkillId("with-file"));

        assertThat(refusedUpload(id, "doc=text").code()).isEqualTo(ErrorCode.SKILL_NOT_FOUND);
    }

    // earlier answers

    @Test
    void the_same_question_is_answered_by_the_same_run() {
        RunRequest first = answered(ask("demo"));

        RunRequest second = create(ask("demo"));

        assertThat(second.cacheHit()).isTrue();
        assertThat(second.runId()).isEqualTo(first.runId());
        assertThat(second.id()).isNotEqualTo(first.id());
        assertThat(core.runs.all()).hasSize(1);
    }

    @Test
    void an_earlier_answer_needs_no_place_in_the_queue() {
        answered(ask("demo"));
        core.restart();
        for (int i = 0; i < core.settings().maxQueued(); i++) {
            create(new Ask("demo").parameter("n", i).command());
        }

        assertThat(create(ask("demo")).cacheHit()).isTrue();
    }

    @Test
    void another_value_parameter_model_or_file_is_another_question() throws IOException {
        core.offerModels(ModelEntry.named("gpt-5", "GPT-5", List.of()));
        answered(new Ask("with-topic").input(Map.of("topic", "x")).command());
        answered(ask("demo"));
        RequestId id = create(ask("with-file")).id();
        upload(id, "doc=text");
        carryOut();

        assertThat(create(new Ask("with-topic").input(Map.of("topic", "y")).command())
                        .cacheHit())
                .isFalse();
        assertThat(create(new Ask("demo").parameter("n", 1).command()).cacheHit())
                .isFalse();
        carryOut();
        assertThat(create(new Ask("demo").model("gpt-5").command()).cacheHit()).isFalse();
        assertThat(create(new Ask("demo").model("gpt-5@high").command()).cacheHit())
                .isFalse();
        carryOut();
        assertThat(upload(create(ask("with-file")).id(), "doc=other")
                        .acceptance()
                        .cacheHit())
                .isFalse();
        assertThat(upload(create(ask("with-file")).id(), "doc=text")
                        .acceptance()
                        .cacheHit())
                .isTrue();
    }

    @Test
    void runtime_options_are_no_part_of_the_question() {
        answered(ask("demo"));

        assertThat(create(new Ask("demo").option("hard_timeout_seconds", 7).command())
                        .cacheHit())
                .isTrue();
    }

    @Test
    void no_cache_runs_again_and_refreshes_the_answer() {
        RunRequest first = answered(ask("demo"));

        RunRequest again = answered(new Ask("demo").option("no_cache", true).command());

        assertThat(again.cacheHit()).isFalse();
        assertThat(again.runId()).isNotEqualTo(first.runId());
        assertThat(create(ask("demo")).runId()).isEqualTo(again.runId());
    }

    @Test
    void a_changed_skill_is_another_question() {
        answered(ask("demo"));
        core.skills.write(new SkillId("demo"), "scripts/a.py", "print(1)");

        assertThat(create(ask("demo")).cacheHit()).isFalse();
    }

    @Test
    void an_answer_given_while_the_skill_changed_is_not_remembered() {
        core.processes.onLaunch(process -> {
            core.skills.write(new SkillId("demo"), "scripts/a.py", "print(1)");
            process.answers("{}");
        });
        create(ask("demo"));
        core.server().dispatcher.start();
        core.server().tasks().runAll();
        core.skills.install(aSkill().build());

        assertThat(create(ask("demo")).cacheHit()).isFalse();
    }

    @Test
    void a_failed_run_answers_nothing() {
        core.processes.onLaunch(process -> process.exits(1));
        create(ask("demo"));
        core.server().dispatcher.start();
        core.server().tasks().runAll();

        assertThat(create(ask("demo")).cacheHit()).isFalse();
    }

    @Test
    void an_answer_whose_files_are_gone_is_forgotten() {
        RunRequest first = answered(ask("demo"));
        core.workspaces.lose(first.runId().orElseThrow());

        RunRequest second = create(ask("demo"));

        assertThat(second.cacheHit()).isFalse();
        assertThat(second.runId()).isNotEqualTo(first.runId());
    }

    private RunRequest answered(CreateRunCommand command) {
        RunRequest request = create(command);
        carryOut();
        assertThat(run(request).status()).isEqualTo(RunStatus.SUCCEEDED);
        return request;
    }

    private void carryOut() {
        core.processes.onLaunch(process -> process.answers("{}"));
        core.server().dispatcher.start();
        core.server().tasks().runAll();
    }

    private Run run(RunRequest request) {
        return core.runs.find(request.runId().orElseThrow()).orElseThrow();
    }

    private RunRequest create(CreateRunCommand command) {
        return core.create(command);
    }

    private Refusal refused(CreateRunCommand command) {
        return catchThrowableOfType(RefusedException.class, () -> create(command))
                .refusal();
    }

    private UploadRunInput.Uploaded upload(RequestId id, String archive) throws IOException {
        return core.server().uploadRunInput.upload(id, new ByteArrayInputStream(archive.getBytes(UTF_8)));
    }

    private RunRequest uploaded(String archive) throws IOException {
        RequestId id = create(ask("with-file")).id();
        upload(id, archive);
        return core.runs.findRequest(id).orElseThrow();
    }

    private Refusal refusedUpload(RequestId id, String archive) {
        return catchThrowableOfType(RefusedException.class, () -> upload(id, archive))
                .refusal();
    }

    private Acceptance keyed(Ask asked, String key) {
        return core.server().createRun.create(asked.command(), Optional.of(new IdempotencyKey(key)));
    }

    private static CreateRunCommand ask(String skill) {
        return new Ask(skill).command();
    }

    /** What a client sends, with defaults for what it leaves out. */
    private static final class Ask {
        private String skill;
        private String engine = "codex";
        private Object input = Map.of();
        private Map<String, Object> parameter = Map.of();
        private Optional<String> model = Optional.empty();
        private Map<String, Object> options = Map.of();
        private boolean awaiting;

        Ask(String skill) {
            this.skill = skill;
        }

        Ask skill(String id) {
            skill = id;
            return this;
        }

        Ask engine(String name) {
            engine = name;
            return this;
        }

        Ask input(Object value) {
            input = value;
            return this;
        }

        Ask parameter(String key, Object value) {
            parameter = Map.of(key, value);
            return this;
        }

        Ask model(String text) {
            model = Optional.of(text);
            return this;
        }

        Ask option(String key, Object value) {
            options = Map.of(key, value);
            return this;
        }

        Ask awaiting() {
            awaiting = true;
            return this;
        }

        CreateRunCommand command() {
            return new CreateRunCommand(skill, engine, input, parameter, model, options, awaiting);
        }
    }
}
