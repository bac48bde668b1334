package skillrunner.application.run.retention;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import skillrunner.application.run.admission.Acceptance;
import skillrunner.application.run.admission.CreateRunCommand;
import skillrunner.application.run.output.FollowRun;
import skillrunner.application.run.output.StreamStart;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.run.IdempotencyKey;
import skillrunner.domain.run.RequestId;
import skillrunner.domain.run.RetentionPolicy;
import skillrunner.domain.run.RunId;
import skillrunner.domain.run.RunRequest;
import skillrunner.domain.run.RunStatus;
import skillrunner.testkit.run.CoreOnFakes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static skillrunner.testkit.skill.SkillBuilder.aSkill;

class RemoveRunsTest {
    private static final Duration WEEK = Duration.ofDays(7);
    private static final RetentionPolicy BY_AGE = new RetentionPolicy(WEEK, 0, 0);

    private final CoreOnFakes core = new CoreOnFakes();

    /** Of their own: on a machine with two processors the common pool has one thread, and both sides wait for each other. */
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
    }

    @BeforeEach
    void install() {
        core.skills.install(aSkill().build());
        core.processes.onLaunch(process -> process.answers("{}"));
    }

    // everything

    @Test
    void nothing_of_a_run_stays_and_what_went_is_counted() {
        RunRequest first = ended(false);
        RequestId hit = ask(false).request();

        assertThat(core.server().removeRuns.everything()).isEqualTo(new Removed(1, 2, 1));

        assertGone(first.id(), first.runId().orElseThrow());
        assertThat(refusal(hit)).isEqualTo(ErrorCode.REQUEST_NOT_FOUND);
        assertThat(core.runs.all()).isEmpty();
        assertThat(core.runs.requests()).isEmpty();
        assertThat(core.server().removeRuns.everything()).isEqualTo(Removed.NOTHING);
    }

    @Test
    void a_run_that_waits_is_canceled_and_removed() {
        RequestId request = ask(true).request();
        RunId run = runOf(request);

        assertThat(core.server().removeRuns.everything()).isEqualTo(new Removed(1, 1, 0));

        assertGone(request, run);
        core.server().dispatcher.start();
        core.server().tasks().runAll();
        assertThat(core.workspaces.exists(run)).isFalse();
    }

    @Test
    void a_run_that_works_is_canceled_and_removed_once_it_has_ended() throws Exception {
        core.processes.onLaunch(process -> {});
        RequestId request = ask(true).request();
        core.server().dispatcher.start();
        CompletableFuture<Void> server =
                CompletableFuture.runAsync(() -> core.server().tasks().runAll(), threads);
        CompletableFuture<Removed> removal = CompletableFuture.supplyAsync(
                () -> {
                    await(() -> core.runs.all().get(0).status() == RunStatus.RUNNING);
                    return core.server().removeRuns.everything();
                },
                threads);

        assertThat(removal.get(60, TimeUnit.SECONDS)).isEqualTo(new Removed(1, 1, 0));
        server.get(60, TimeUnit.SECONDS);

        assertThat(refusal(request)).isEqualTo(ErrorCode.REQUEST_NOT_FOUND);
        assertThat(core.runs.all()).isEmpty();
    }

    @Test
    void a_request_that_waits_for_its_files_goes_with_what_was_uploaded() throws IOException {
        RequestId request = awaiting();
        core.uploads.store(request, archive());

        assertThat(core.server().removeRuns.everything()).isEqualTo(new Removed(0, 1, 0));

        assertThat(refusal(request)).isEqualTo(ErrorCode.REQUEST_NOT_FOUND);
        assertThat(core.uploads.digests(request)).isEmpty();
    }

    @Test
    void a_question_that_was_answered_by_a_removed_run_is_asked_anew() {
        ended(false);
        core.server().removeRuns.everything();

        Acceptance asked = ask(false);

        assertThat(asked.cacheHit()).isFalse();
        core.server().tasks().runAll();
        assertThat(core.server().findRun.find(asked.request()).run().status()).isEqualTo(RunStatus.SUCCEEDED);
    }

    @Test
    void an_answer_that_goes_while_it_is_being_told_again_is_asked_anew() {
        RunRequest first = ended(false);
        core.removals.mark(List.of(first.runId().orElseThrow()), core.clock.instant());

        assertThat(ask(false).cacheHit()).isFalse();
    }

    @Test
    void a_key_of_a_removed_request_can_be_used_for_another() {
        IdempotencyKey key = new IdempotencyKey("mine");
        core.server().createRun.create(command(true, false), Optional.of(key));
        core.server().removeRuns.everything();

        Acceptance again = core.server().createRun.create(command(false, false), Optional.of(key));

        assertThat(core.runs.findRequest(again.request())).isPresent();
    }

    @Test
    void an_upload_that_arrives_for_a_removed_request_leaves_nothing() {
        RequestId request = awaiting();
        core.disk.onMidway(step -> {
            if (step.equals("upload")) {
                core.server().removeRuns.everything();
            }
        });

        RefusedException refused = catchThrowableOfType(
                RefusedException.class, () -> core.server().uploadRunInput.upload(request, archive()));

        assertThat(refused.refusal().code()).isEqualTo(ErrorCode.REQUEST_NOT_FOUND);
        assertThat(core.uploads.digests(request)).isEmpty();
        assertThat(core.runs.requests()).isEmpty();
        assertThat(core.runs.all()).isEmpty();
    }

    @Test
    void a_stream_of_a_removed_run_ends() {
        RequestId request = ended(false).id();
        FollowRun.Following following = core.server().followRun.follow(request, StreamStart.ofLog(0, 0), () -> {});
        following.stream().next();

        core.server().removeRuns.everything();

        while (following.stream().next().isPresent()) {
            assertThat(following.stream().finished()).isFalse();
        }
        assertThat(following.stream().finished()).isTrue();
    }

    @Test
    void a_run_is_not_removed_under_its_process() {
        RunRequest request = ended(false);
        core.processes.process(request.runId().orElseThrow(), 1).worksOn();

        assertThat(core.server().removeRuns.everything()).isEqualTo(Removed.NOTHING);

        assertThat(core.server().findRun.find(request.id()).run().status()).isEqualTo(RunStatus.SUCCEEDED);
    }

    // what can't be removed, and kills

    @Test
    void what_can_not_be_removed_is_invisible_not_counted_and_goes_the_next_time() {
        RunRequest request = ended(false);
        core.disk.failEvery("folder", () -> new UncheckedIOException(new IOException("busy")));

        assertThat(core.server().removeRuns.everything()).isEqualTo(Removed.NOTHING);
        assertThat(refusal(request.id())).isEqualTo(ErrorCode.REQUEST_NOT_FOUND);

        core.disk.failNoMore();
        assertThat(core.restart().removeRuns.finish()).isEqualTo(new Removed(1, 1, 1));
        assertGone(request.id(), request.runId().orElseThrow());
    }

    @Test
    void a_removal_that_was_cut_off_anywhere_is_finished_by_the_next_server() {
        for (String step : List.of("mark", "folder", "removal")) {
            RunRequest request = ended(true);
            RequestId waiting = awaiting();
            core.disk.failEvery(step, () -> new IllegalStateException("killed"));
            assertThatThrownBy(() -> core.server().removeRuns.everything()).hasMessage("killed");
            core.disk.failNoMore();

            RemoveRuns next = core.restart().removeRuns;
            next.finish();
            next.everything();

            assertGone(request.id(), request.runId().orElseThrow());
            assertThat(refusal(waiting)).isEqualTo(ErrorCode.REQUEST_NOT_FOUND);
            assertThat(core.runs.requests()).isEmpty();
        }
    }

    // what is written late

    @Test
    void a_preparation_that_ends_after_its_run_was_removed_leaves_nothing() {
        core.errands.hold("prepare");
        RequestId request = ask(true).request();
        RunId run = runOf(request);
        core.server().dispatcher.start();
        CompletableFuture<Void> server =
                CompletableFuture.runAsync(() -> core.server().tasks().runAll(), threads);
        await(() -> core.runs.all().get(0).status() == RunStatus.RUNNING);
        core.server().removeRuns.everything();
        server.orTimeout(60, TimeUnit.SECONDS).join();

        core.errands.release();

        assertThat(core.workspaces.hasTracesOf(run)).isFalse();
        assertThat(core.held()).isEmpty();
    }

    // retention

    @Test
    void what_was_kept_long_enough_goes_and_the_rest_stays() {
        RunRequest old = ended(true);
        RequestId forgotten = awaiting();
        core.clock.advance(WEEK.plusHours(1));
        RunRequest young = ended(true);
        RequestId waiting = awaiting();

        assertThat(core.server().removeRuns.sweep(BY_AGE)).isEqualTo(new Removed(1, 2, 0));

        assertGone(old.id(), old.runId().orElseThrow());
        assertThat(refusal(forgotten)).isEqualTo(ErrorCode.REQUEST_NOT_FOUND);
        assertThat(core.server().findRun.find(young.id()).run().status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(refusal(waiting)).isEqualTo(ErrorCode.RUN_NOT_FOUND);
    }

    @Test
    void a_run_that_has_not_ended_is_never_too_old() {
        RequestId request = ask(true).request();
        core.clock.advance(WEEK.multipliedBy(9));

        assertThat(core.server().removeRuns.sweep(new RetentionPolicy(WEEK, 1, 1)))
                .isEqualTo(Removed.NOTHING);
        assertThat(core.server().findRun.find(request).run().status()).isEqualTo(RunStatus.QUEUED);
    }

    @Test
    void of_too_many_runs_those_that_ended_first_go() {
        RunRequest first = ended(true);
        core.clock.advance(Duration.ofSeconds(1));
        RunRequest second = ended(true);
        core.clock.advance(Duration.ofSeconds(1));
        RunRequest third = ended(true);

        assertThat(core.server().removeRuns.sweep(new RetentionPolicy(Duration.ZERO, 2, 0)))
                .isEqualTo(new Removed(1, 1, 0));

        assertGone(first.id(), first.runId().orElseThrow());
        assertThat(core.runs.requests()).extracting(RunRequest::id).containsExactly(second.id(), third.id());
    }

    @Test
    void folders_that_hold_too_much_go_oldest_first_and_each_is_measured_once() {
        RunRequest first = ended(true);
        core.clock.advance(Duration.ofSeconds(1));
        RunRequest second = ended(true);
        core.workspaces.fill(first.runId().orElseThrow(), 600, 1);
        core.workspaces.fill(second.runId().orElseThrow(), 600, 1);
        RetentionPolicy budget = new RetentionPolicy(Duration.ZERO, 0, 1_000);

        assertThat(core.server().removeRuns.sweep(budget)).isEqualTo(new Removed(1, 1, 0));
        core.workspaces.fill(second.runId().orElseThrow(), 5_000, 1);
        assertThat(core.server().removeRuns.sweep(budget)).isEqualTo(Removed.NOTHING);

        assertGone(first.id(), first.runId().orElseThrow());
        assertThat(core.runs.findRequest(second.id())).isPresent();
    }

    @Test
    void folders_that_cant_be_measured_keep_no_other_from_being_measured() {
        List<RunId> runs = new ArrayList<>();
        for (int i = 0; i <= RunRemovals.PAGE; i++) {
            runs.add(ended(true).runId().orElseThrow());
        }
        RunId last = Collections.max(runs, Comparator.comparing(RunId::value));
        runs.stream().filter(run -> !run.equals(last)).forEach(core.workspaces::hide);
        core.workspaces.fill(last, 600, 1);

        core.server().removeRuns.sweep(new RetentionPolicy(Duration.ZERO, 0, 1_000));

        assertThat(core.removals.kept().bytes()).isEqualTo(600);
    }

    @Test
    void a_schedule_sweeps_soon_and_again_and_again() {
        RetentionSchedule schedule =
                new RetentionSchedule(core.server().removeRuns, BY_AGE, Duration.ofHours(12), core.server().background);
        RunRequest first = ended(true);
        core.clock.advance(WEEK.plusHours(1));

        schedule.begin(Duration.ofSeconds(2));
        core.server().tasks().runDelayed();
        assertThat(core.runs.findRequest(first.id())).isEmpty();

        RunRequest second = ended(true);
        core.clock.advance(WEEK.plusHours(1));
        core.disk.failEvery("mark", () -> new IllegalStateException("for once"));
        assertThatThrownBy(() -> core.server().tasks().runDelayed()).hasMessage("for once");
        core.disk.failNoMore();
        core.server().tasks().runDelayed();
        assertThat(core.runs.findRequest(second.id())).isEmpty();
        assertThat(core.server().tasks().delayed())
                .extracting(task -> task.delay())
                .containsExactly(Duration.ofHours(12));
    }

    @Test
    void a_schedule_without_an_interval_finishes_what_was_begun_and_no_more() {
        RunRequest marked = ended(true);
        RunRequest old = ended(true);
        core.removals.mark(List.of(marked.runId().orElseThrow()), core.clock.instant());
        core.clock.advance(WEEK.multipliedBy(2));

        new RetentionSchedule(core.server().removeRuns, BY_AGE, Duration.ZERO, core.server().background)
                .begin(Duration.ofSeconds(2));
        core.server().tasks().runDelayed();

        assertGone(marked.id(), marked.runId().orElseThrow());
        assertThat(core.runs.findRequest(old.id())).isPresent();
        assertThat(core.server().tasks().delayed()).isEmpty();
    }

    private Acceptance ask(boolean noCache) {
        return core.server().createRun.create(command(noCache, false), Optional.empty());
    }

    private RequestId awaiting() {
        return core.server()
                .createRun
                .create(command(true, true), Optional.empty())
                .request();
    }

    private RunRequest ended(boolean noCache) {
        RequestId request = ask(noCache).request();
        core.server().dispatcher.start();
        core.server().tasks().runAll();
        assertThat(core.server().findRun.find(request).run().status()).isEqualTo(RunStatus.SUCCEEDED);
        return core.runs.findRequest(request).orElseThrow();
    }

    private RunId runOf(RequestId request) {
        return core.server().findRun.find(request).run().id();
    }

    private static CreateRunCommand command(boolean noCache, boolean awaitUpload) {
        return new CreateRunCommand(
                "demo", "codex", Map.of(), Map.of(), Optional.empty(), Map.of("no_cache", noCache), awaitUpload);
    }

    private static InputStream archive() {
        return new ByteArrayInputStream("a=1".getBytes(StandardCharsets.UTF_8));
    }

    private void assertGone(RequestId request, RunId run) {
        assertThat(refusal(request)).isEqualTo(ErrorCode.REQUEST_NOT_FOUND);
        assertThat(core.runs.find(run)).isEmpty();
        assertThat(core.workspaces.hasTracesOf(run)).isFalse();
        assertThat(core.uploads.digests(request)).isEmpty();
    }

    private ErrorCode refusal(RequestId request) {
        return catchThrowableOfType(
                        RefusedException.class, () -> core.server().findRun.find(request))
                .refusal()
                .code();
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited too long").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }
}
