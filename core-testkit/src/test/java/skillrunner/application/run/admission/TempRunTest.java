package skillrunner.application.run.admission;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import skillrunner.application.run.result.RunResult;
import skillrunner.application.skill.InstalledSkill;
import skillrunner.application.storage.StorageFullException;
import skillrunner.application.storage.UnavailableException;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.run.IdempotencyKey;
import skillrunner.domain.run.PackageRejection;
import skillrunner.domain.run.RepairLevel;
import skillrunner.domain.run.RequestId;
import skillrunner.domain.run.RequestKind;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunFailure;
import skillrunner.domain.run.RunFailureCode;
import skillrunner.domain.run.RunRequest;
import skillrunner.domain.run.RunStatus;
import skillrunner.domain.run.TempRequest;
import skillrunner.domain.run.TempRequestStatus;
import skillrunner.domain.skill.ExecutionMode;
import skillrunner.domain.skill.SkillId;
import skillrunner.testkit.run.CoreOnFakes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static skillrunner.testkit.skill.SkillBuilder.aSkill;

/** From a request without a skill to a run of the skill that was sent, and to its end. */
class TempRunTest {
    private static final Optional<IdempotencyKey> NO_KEY = Optional.empty();
    private static final byte[] NO_PACKAGE = "no package".getBytes(UTF_8);

    private final CoreOnFakes core = new CoreOnFakes();

    @BeforeEach
    void start() {
        core.processes.onLaunch(process -> process.answers("{}"));
    }

    // creating

    @Test
    void a_request_waits_for_its_skill_and_no_run_exists() {
        Acceptance told = core.server().createTempRun.create(ask(Map.of()), NO_KEY);

        assertThat(told.status()).contains(RunStatus.QUEUED);
        assertThat(told.cacheHit()).isFalse();
        assertThat(core.server().findTempRun.waiting(told.request())).isPresent();
        assertThat(core.runs.all()).isEmpty();
        assertThat(core.runs.requests()).isEmpty();
    }

    @Test
    void what_does_not_depend_on_the_skill_is_checked_at_once() {
        assertThat(refusedAtOnce(command("Codex!", Optional.empty(), Map.of()))).isEqualTo(ErrorCode.REQUEST_INVALID);
        assertThat(refusedAtOnce(command("gemini", Optional.empty(), Map.of()))).isEqualTo(ErrorCode.ENGINE_NOT_IN_USE);
        assertThat(refusedAtOnce(command("codex", Optional.of("none"), Map.of())))
                .isEqualTo(ErrorCode.MODEL_UNKNOWN);
        assertThat(refusedAtOnce(command("codex", Optional.empty(), Map.of("hurry", true))))
                .isEqualTo(ErrorCode.REQUEST_INVALID);
        core.uninstall(EngineId.CODEX);
        assertThat(refusedAtOnce(ask(Map.of()))).isEqualTo(ErrorCode.ENGINE_NOT_INSTALLED);
        assertThat(core.runs.temporary().all()).isEmpty();
    }

    @Test
    void the_same_request_under_one_key_is_told_the_same_before_and_after_its_skill_came() throws Exception {
        Optional<IdempotencyKey> key = Optional.of(new IdempotencyKey("key"));
        Acceptance first = core.server().createTempRun.create(ask(Map.of()), key);
        Acceptance again = core.server().createTempRun.create(ask(Map.of()), key);
        upload(first.request(), aSkill().build());
        Acceptance afterwards = core.server().createTempRun.create(ask(Map.of()), key);

        assertThat(again).isEqualTo(first);
        assertThat(afterwards).isEqualTo(first);
        assertThat(core.runs.temporary().all()).isEmpty();
        assertThat(core.runs.all()).hasSize(1);
        assertThatThrownBy(() -> core.server().createTempRun.create(ask(Map.of("debug", true)), key))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        e -> assertThat(e.refusal().code()).isEqualTo(ErrorCode.IDEMPOTENCY_KEY_REUSED));
    }

    // sending

    @Test
    void a_skill_that_is_sent_is_run_and_what_its_client_asked_for_stays() throws Exception {
        RequestId request = create(Map.of("hard_timeout_seconds", 9));

        UploadRunInput.Uploaded uploaded =
                upload(request, aSkill("sent").takingFile("doc", true).build(), "doc=1");

        assertThat(uploaded.files()).containsExactly("doc");
        assertThat(uploaded.acceptance().status()).contains(RunStatus.QUEUED);
        RunRequest started = core.runs.findRequest(request).orElseThrow();
        assertThat(started.kind()).isEqualTo(RequestKind.TEMP);
        assertThat(started.skill()).isEqualTo(new SkillId("sent"));
        assertThat(started.options().hardTimeoutSeconds()).contains(9);
        assertThat(started.cacheKey()).isEmpty();
        assertThat(run(request).status()).isEqualTo(RunStatus.QUEUED);
        assertThat(core.packages.kept()).containsOnlyKeys(request);
        runAll();
        assertThat(run(request).status()).isEqualTo(RunStatus.SUCCEEDED);
    }

    @Test
    void a_rejected_package_is_removed_and_the_reason_is_kept() throws Exception {
        RequestId request = create(Map.of());

        assertThat(refused(request, NO_PACKAGE)).isEqualTo(ErrorCode.ARCHIVE_INVALID);

        TempRequest rejected = core.server().findTempRun.waiting(request).orElseThrow();
        assertThat(rejected.status()).isEqualTo(TempRequestStatus.REJECTED);
        assertThat(rejected.rejection()).map(PackageRejection::code).contains(ErrorCode.ARCHIVE_INVALID);
        assertThat(core.packages.kept()).isEmpty();
        assertThat(core.runs.all()).isEmpty();
        upload(request, aSkill().build());
        assertThat(run(request).status()).isEqualTo(RunStatus.QUEUED);
    }

    @Test
    void a_skill_that_does_not_fit_the_request_is_rejected() {
        assertThat(refused(create(Map.of()), aSkill().notOn(EngineId.CODEX).build()))
                .isEqualTo(ErrorCode.SKILL_ENGINE_UNSUPPORTED);
        assertThat(refused(
                        create(Map.of()),
                        aSkill().inModes(ExecutionMode.INTERACTIVE).build()))
                .isEqualTo(ErrorCode.SKILL_EXECUTION_MODE_UNSUPPORTED);
        assertThat(refused(
                        createWith(Map.of("doc", "/etc/passwd")),
                        aSkill().takingFile("doc", false).build()))
                .isEqualTo(ErrorCode.REQUEST_INVALID);
        assertThat(refused(createWith(Map.of("other", 1)), aSkill().build())).isEqualTo(ErrorCode.REQUEST_INVALID);
        assertThat(refused(createWith("bare"), aSkill().build())).isEqualTo(ErrorCode.REQUEST_INVALID);
        assertThat(core.packages.kept()).isEmpty();
        assertThat(core.runs.all()).isEmpty();
        assertThat(core.runs.temporary().all())
                .hasSize(5)
                .allMatch(request -> request.status() == TempRequestStatus.REJECTED);
    }

    @Test
    void files_that_are_no_archive_reject_the_whole_upload() throws Exception {
        RequestId request = create(Map.of());

        assertThatThrownBy(() -> upload(request, aSkill().build(), "no archive"))
                .isInstanceOf(RefusedException.class);

        assertThat(core.packages.kept()).isEmpty();
        assertThat(core.uploads.digests(request)).isEmpty();
        assertThat(core.server().findTempRun.waiting(request).orElseThrow().status())
                .isEqualTo(TempRequestStatus.REJECTED);
    }

    @Test
    void a_bare_input_is_taken_for_the_only_inline_key() throws Exception {
        RequestId request = createWith("bare");

        upload(request, aSkill().takingInline("topic", "string").build());

        assertThat(core.runs.findRequest(request).orElseThrow().input()).isEqualTo(Map.of("topic", "bare"));
    }

    @Test
    void what_is_missing_fails_the_run_and_not_the_upload() throws Exception {
        RequestId file = create(Map.of());
        upload(file, aSkill().takingFile("doc", true).build());
        RequestId inline = create(Map.of());
        upload(inline, aSkill().takingInline("topic", "string").build());

        runAll();

        for (RequestId request : new RequestId[] {file, inline}) {
            assertThat(run(request).failure().orElseThrow().code()).isEqualTo(RunFailureCode.INPUT_VALIDATION_FAILED);
        }
        assertThat(core.packages.kept()).isEmpty();
    }

    @Test
    void a_full_queue_leaves_the_request_as_it_was_and_keeps_nothing_of_the_upload() throws Exception {
        for (int i = 0; i < core.settings().maxQueued(); i++) {
            upload(create(Map.of()), aSkill().build());
        }
        RequestId request = create(Map.of());

        assertThat(refused(request, aSkill().build())).isEqualTo(ErrorCode.RUN_QUEUE_FULL);

        assertThat(core.server().findTempRun.waiting(request).orElseThrow().status())
                .isEqualTo(TempRequestStatus.CREATED);
        assertThat(core.packages.kept()).doesNotContainKey(request);
        runAll();
        upload(request, aSkill().build());
        assertThat(run(request).status()).isEqualTo(RunStatus.RUNNING);
    }

    @Test
    void a_disk_that_is_full_keeps_nothing_and_is_no_fault_of_the_package() throws Exception {
        RequestId request = create(Map.of());
        core.disk.fill();

        assertThatThrownBy(() -> upload(request, aSkill().build())).isInstanceOf(StorageFullException.class);

        core.disk.free();
        assertThat(core.packages.kept()).isEmpty();
        assertThat(core.server().findTempRun.waiting(request).orElseThrow().status())
                .isEqualTo(TempRequestStatus.CREATED);
    }

    @Test
    void while_nobody_knows_whether_the_run_is_queued_its_skill_stays() throws Exception {
        RequestId request = create(Map.of());
        core.disk.failEvery("admission", () -> new UnavailableException("busy", new IOException()));

        assertThatThrownBy(() -> upload(request, aSkill().build())).isInstanceOf(UnavailableException.class);

        assertThat(core.packages.kept()).containsOnlyKeys(request);
        core.disk.failNoMore();
        upload(request, aSkill().build());
        assertThat(run(request).status()).isEqualTo(RunStatus.QUEUED);
    }

    @Test
    void once_its_run_is_queued_nothing_more_is_taken() throws Exception {
        RequestId request = create(Map.of());
        upload(request, aSkill().build());

        assertThat(refused(request, aSkill("other").build())).isEqualTo(ErrorCode.RUN_ALREADY_STARTED);

        assertThat(core.packages.find(request, new SkillId("demo"))).isPresent();
        assertThat(core.runs.all()).hasSize(1);
    }

    @Test
    void of_two_uploads_at_once_one_is_taken() throws Exception {
        RequestId request = create(Map.of());
        AtomicReference<ErrorCode> second = new AtomicReference<>();
        byte[] skill = core.packages.offer(aSkill().build());
        InputStream meanwhile = new ByteArrayInputStream(skill) {
            @Override
            public synchronized byte[] readAllBytes() {
                second.set(refused(request, skill));
                return super.readAllBytes();
            }
        };

        core.server().uploadTempSkill.upload(request, meanwhile, Optional.empty());

        assertThat(second.get()).isEqualTo(ErrorCode.RUN_ALREADY_STARTED);
        assertThat(core.runs.all()).hasSize(1);
    }

    @Test
    void the_request_of_a_job_is_unknown_here_and_the_other_way_round() throws Exception {
        core.skills.install(aSkill("with-file").takingFile("doc", true).build());
        RequestId job = core.create(new CreateRunCommand(
                        "with-file", "codex", Map.of(), Map.of(), Optional.empty(), Map.of(), false))
                .id();
        RequestId request = create(Map.of());
        upload(request, aSkill().build());

        assertThat(refused(job, aSkill().build())).isEqualTo(ErrorCode.REQUEST_NOT_FOUND);
        assertThat(code(() -> core.server().findTempRun.run(job))).isEqualTo(ErrorCode.REQUEST_NOT_FOUND);
        assertThat(code(() -> core.server().findRun.find(request, RequestKind.JOB)))
                .isEqualTo(ErrorCode.REQUEST_NOT_FOUND);
        assertThat(code(() -> core.server().uploadRunInput.upload(request, new ByteArrayInputStream(NO_PACKAGE))))
                .isEqualTo(ErrorCode.REQUEST_NOT_FOUND);
        assertThat(code(() -> core.server().findTempRun.run(create(Map.of())))).isEqualTo(ErrorCode.RUN_NOT_FOUND);
    }

    // the run

    @Test
    void a_skill_of_the_same_id_that_is_installed_is_another_one() throws Exception {
        core.skills.install(aSkill().leaving("report.txt").build());
        RequestId request = create(Map.of());
        upload(request, aSkill().build());

        runAll();

        assertThat(run(request).status()).isEqualTo(RunStatus.SUCCEEDED);
    }

    @Test
    void the_same_skill_twice_is_run_twice() throws Exception {
        RequestId first = create(Map.of());
        upload(first, aSkill().build());
        runAll();
        RequestId second = create(Map.of());
        UploadRunInput.Uploaded uploaded = upload(second, aSkill().build());

        assertThat(uploaded.acceptance().cacheHit()).isFalse();
        assertThat(run(second).id()).isNotEqualTo(run(first).id());
    }

    @Test
    void the_skill_is_gone_before_the_end_can_be_seen_unless_it_is_wanted() throws Exception {
        RequestId request = create(Map.of());
        upload(request, aSkill().build());
        RequestId wanted = create(Map.of("debug_keep_temp", true));
        upload(wanted, aSkill().build());

        runAll();

        assertThat(run(request).status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(core.packages.kept()).containsOnlyKeys(wanted);
    }

    @Test
    void the_skill_of_a_run_that_is_canceled_in_the_queue_is_gone_too() throws Exception {
        RequestId request = create(Map.of());
        upload(request, aSkill().build());

        core.server().cancelRun.cancel(request);

        assertThat(run(request).status()).isEqualTo(RunStatus.CANCELED);
        assertThat(core.packages.kept()).isEmpty();
    }

    @Test
    void a_skill_that_can_not_be_removed_changes_nothing_of_the_end() throws Exception {
        RequestId request = create(Map.of());
        upload(request, aSkill().build());
        core.packages.stick();

        runAll();

        assertThat(run(request).status()).isEqualTo(RunStatus.SUCCEEDED);
    }

    @Test
    void a_skill_that_went_away_before_its_turn_fails_the_run() throws Exception {
        RequestId request = create(Map.of());
        upload(request, aSkill().build());
        core.packages.remove(request);

        runAll();

        assertThat(run(request).failure().orElseThrow().code()).isEqualTo(RunFailureCode.SKILL_NOT_FOUND);
    }

    // over a restart

    @Test
    void after_a_restart_every_request_goes_on_where_it_was() throws Exception {
        RequestId created = create(Map.of());
        RequestId queued = create(Map.of());
        upload(queued, aSkill().build());

        core.restart();
        core.server().sweepTempSkills.sweepAtStart();

        upload(created, aSkill().build());
        runAll();
        assertThat(run(created).status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(run(queued).status()).isEqualTo(RunStatus.SUCCEEDED);
    }

    @Test
    void a_run_that_lost_its_skill_because_it_had_failed_keeps_its_failure() throws Exception {
        RequestId request = create(Map.of());
        upload(request, aSkill().build());
        RunFailure failure = new RunFailure(RunFailureCode.ENGINE_UNAVAILABLE, "The CLI is gone");
        core.workspaces.writeResult(
                run(request).id(),
                new RunResult(
                        "failed",
                        Optional.empty(),
                        List.of(),
                        RepairLevel.NONE,
                        List.of(),
                        Optional.of(failure),
                        Optional.empty()));
        core.packages.remove(request);
        core.restart();

        runAll();

        assertThat(run(request).failure()).contains(failure);
    }

    private void runAll() {
        core.server().dispatcher.start();
        core.server().tasks().runAll();
    }

    private Run run(RequestId request) {
        return core.server().findTempRun.run(request).run();
    }

    private RequestId create(Map<String, Object> options) {
        return core.server().createTempRun.create(ask(options), NO_KEY).request();
    }

    private RequestId createWith(Object input) {
        CreateTempRunCommand command =
                new CreateTempRunCommand("codex", input, Map.of(), Optional.empty(), new HashMap<>());
        return core.server().createTempRun.create(command, NO_KEY).request();
    }

    private static CreateTempRunCommand ask(Map<String, Object> options) {
        return command("codex", Optional.empty(), options);
    }

    private static CreateTempRunCommand command(String engine, Optional<String> model, Map<String, Object> options) {
        return new CreateTempRunCommand(engine, Map.of(), Map.of(), model, options);
    }

    private UploadRunInput.Uploaded upload(RequestId request, InstalledSkill skill) throws IOException {
        return core.server()
                .uploadTempSkill
                .upload(request, new ByteArrayInputStream(core.packages.offer(skill)), Optional.empty());
    }

    private UploadRunInput.Uploaded upload(RequestId request, InstalledSkill skill, String files) throws IOException {
        return core.server()
                .uploadTempSkill
                .upload(
                        request,
                        new ByteArrayInputStream(core.packages.offer(skill)),
                        Optional.of(new ByteArrayInputStream(files.getBytes(UTF_8))));
    }

    private ErrorCode refused(RequestId request, InstalledSkill skill) {
        return refused(request, core.packages.offer(skill));
    }

    private ErrorCode refused(RequestId request, byte[] archive) {
        return code(() ->
                core.server().uploadTempSkill.upload(request, new ByteArrayInputStream(archive), Optional.empty()));
    }

    private ErrorCode refusedAtOnce(CreateTempRunCommand command) {
        return code(() -> core.server().createTempRun.create(command, NO_KEY));
    }

    private static ErrorCode code(ThrowingCallable call) {
        RefusedException refused = catchThrowableOfType(RefusedException.class, call);
        assertThat(refused).isNotNull();
        return refused.refusal().code();
    }
}
