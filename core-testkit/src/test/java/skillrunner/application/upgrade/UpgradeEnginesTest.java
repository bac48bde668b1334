package skillrunner.application.upgrade;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.application.background.BackgroundTasks;
import skillrunner.application.storage.UnavailableException;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.upgrade.EngineUpgradeResult;
import skillrunner.domain.upgrade.EngineUpgradeStatus;
import skillrunner.domain.upgrade.UpgradeChange;
import skillrunner.domain.upgrade.UpgradeId;
import skillrunner.domain.upgrade.UpgradeScope;
import skillrunner.domain.upgrade.UpgradeStanding;
import skillrunner.domain.upgrade.UpgradeStatus;
import skillrunner.domain.upgrade.UpgradeTask;
import skillrunner.testkit.background.DeferredBackgroundTasks;
import skillrunner.testkit.background.SequentialIds;
import skillrunner.testkit.clock.ManualClock;
import skillrunner.testkit.run.Racing;
import skillrunner.testkit.storage.ScriptedDisk;
import skillrunner.testkit.upgrade.InMemoryUpgradeTasks;
import skillrunner.testkit.upgrade.ScriptedUpgrader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static skillrunner.domain.engine.EngineId.CODEX;
import static skillrunner.domain.engine.EngineId.GEMINI;
import static skillrunner.domain.engine.EngineId.IFLOW;
import static skillrunner.domain.engine.EngineId.OPENCODE;

/** From the request for an upgrade to its end, and what a stop or a restart in between leaves behind. */
class UpgradeEnginesTest {
    private static final EngineUpgradeResult EACCES =
            EngineUpgradeResult.failed("out", "EACCES", "Upgrade command exited with code 1", Optional.empty());

    private final ScriptedDisk disk = new ScriptedDisk();
    private final InMemoryUpgradeTasks tasks = new InMemoryUpgradeTasks(disk);
    private final ScriptedUpgrader upgrader = new ScriptedUpgrader();
    private final DeferredBackgroundTasks background = new DeferredBackgroundTasks();
    private final ManualClock clock = new ManualClock();
    private final SequentialIds ids = new SequentialIds();
    private final Set<EngineId> inUse = new HashSet<>(EngineId.BUILT_IN);
    private final List<EngineId> dropped = new ArrayList<>();
    private final CreateUpgradeTask create = createUpgradeTask(dropped::add, background);
    private final FindUpgradeTask find = new FindUpgradeTask(tasks, upgrader);

    // accepting

    @Test
    void a_task_is_accepted_queued_and_nothing_is_upgraded_yet() {
        UpgradeTask task = create.create(new UpgradeScope.Single(GEMINI));

        assertThat(task.status()).isEqualTo(UpgradeStatus.QUEUED);
        assertThat(stored(task)).isEqualTo(task);
        assertThat(background.names()).containsExactly("upgrade-" + task.id());
        assertThat(upgrader.calls()).isEmpty();
    }

    @Test
    void a_second_task_is_turned_away_until_the_first_has_ended() {
        UpgradeTask first = create.create(new UpgradeScope.All());
        upgrader.onUpgrade(GEMINI, id -> {
            assertRefused(() -> create.create(new UpgradeScope.All()), ErrorCode.UPGRADE_BUSY);
            return succeeded("done");
        });

        assertRefused(() -> create.create(new UpgradeScope.Single(CODEX)), ErrorCode.UPGRADE_BUSY);
        background.runAll();

        assertThat(stored(first).status()).isEqualTo(UpgradeStatus.SUCCEEDED);
        UpgradeTask second = create.create(new UpgradeScope.Single(CODEX));
        background.runAll();
        assertThat(stored(second).status()).isEqualTo(UpgradeStatus.SUCCEEDED);
    }

    @Test
    void of_ten_racing_requests_exactly_one_is_accepted() {
        List<Callable<Boolean>> callers = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            callers.add(() -> {
                try {
                    create.create(new UpgradeScope.All());
                    return true;
                } catch (RefusedException e) {
                    return false;
                }
            });
        }

        assertThat(Racing.race(callers)).filteredOn(accepted -> accepted).hasSize(1);

        assertThat(tasks.all()).hasSize(1);
    }

    @Test
    void one_engine_that_is_not_in_use_is_refused() {
        inUse.remove(IFLOW);

        assertRefused(() -> create.create(new UpgradeScope.Single(IFLOW)), ErrorCode.ENGINE_NOT_IN_USE);

        assertThat(tasks.all()).isEmpty();
    }

    @Test
    void a_task_that_can_not_be_started_fails_and_blocks_nothing() {
        CreateUpgradeTask unlucky = createUpgradeTask(engine -> {}, new BackgroundTasks() {
            @Override
            public void submit(String name, Runnable task) {
                throw new IllegalStateException("no thread");
            }

            @Override
            public void submitAfter(Duration delay, String name, Runnable task) {
                throw new IllegalStateException("no thread");
            }
        });

        assertThatThrownBy(() -> unlucky.create(new UpgradeScope.All())).isInstanceOf(IllegalStateException.class);

        assertThat(tasks.all()).singleElement().satisfies(task -> {
            assertThat(task.status()).isEqualTo(UpgradeStatus.FAILED);
            assertThat(statuses(task)).containsOnly(EngineUpgradeStatus.SKIPPED);
        });
        create.create(new UpgradeScope.All());
    }

    // carrying out

    @Test
    void all_engines_are_upgraded_in_order_one_after_another() {
        UpgradeTask task = create.create(new UpgradeScope.All());

        background.runAll();

        assertThat(upgrader.calls()).containsExactly(CODEX, GEMINI, IFLOW, OPENCODE);
        assertThat(stored(task).status()).isEqualTo(UpgradeStatus.SUCCEEDED);
        assertThat(stored(task).results().keySet()).containsExactly(CODEX, GEMINI, IFLOW, OPENCODE);
    }

    @Test
    void a_task_for_one_engine_touches_no_other() {
        UpgradeTask task = create.create(new UpgradeScope.Single(GEMINI));

        background.runAll();

        assertThat(upgrader.calls()).containsExactly(GEMINI);
        assertThat(stored(task).results().keySet()).containsExactly(GEMINI);
    }

    @Test
    void one_failing_engine_fails_the_task_but_the_others_still_run() {
        upgrader.answers(GEMINI, EACCES);
        UpgradeTask task = create.create(new UpgradeScope.All());

        background.runAll();

        assertThat(stored(task).status()).isEqualTo(UpgradeStatus.FAILED);
        assertThat(stored(task).results()).containsEntry(GEMINI, EACCES);
        assertThat(upgrader.calls()).containsExactly(CODEX, GEMINI, IFLOW, OPENCODE);
    }

    @Test
    void an_engine_left_out_of_the_server_is_skipped_with_the_reason_and_does_no_harm() {
        inUse.remove(IFLOW);
        UpgradeTask task = create.create(new UpgradeScope.All());

        background.runAll();

        assertThat(stored(task).status()).isEqualTo(UpgradeStatus.SUCCEEDED);
        assertThat(upgrader.calls()).containsExactly(CODEX, GEMINI, OPENCODE);
        assertThat(dropped).containsExactly(CODEX, GEMINI, OPENCODE);
        EngineUpgradeResult result = result(stored(task), IFLOW);
        assertThat(result.status()).isEqualTo(EngineUpgradeStatus.SKIPPED);
        assertThat(result.error().orElse("")).contains("SKILL_RUNNER_ENGINES").contains("iflow");
    }

    @Test
    void while_the_second_engine_works_the_first_result_and_the_output_so_far_are_seen() {
        UpgradeTask task = create.create(new UpgradeScope.All());
        upgrader.onUpgrade(GEMINI, id -> {
            upgrader.writes("added 3 packages", "npm warn");
            FindUpgradeTask.Found found = find.find(task.id().value());
            assertThat(id).isEqualTo(task.id());
            assertThat(found.task().status()).isEqualTo(UpgradeStatus.RUNNING);
            assertThat(found.task().results().keySet()).containsExactly(CODEX);
            assertThat(found.running())
                    .contains(new UpgradeOutput(GEMINI, "added 3 packages", "npm warn", ManualClock.START));
            assertThat(find.active()).contains(found);
            assertThat(find.standing(CODEX).state()).isEqualTo(UpgradeStanding.State.SUCCEEDED);
            assertThat(find.standing(GEMINI).state()).isEqualTo(UpgradeStanding.State.RUNNING);
            assertThat(find.standing(IFLOW).state()).isEqualTo(UpgradeStanding.State.QUEUED);
            return succeeded("done");
        });

        background.runAll();

        assertThat(stored(task).status()).isEqualTo(UpgradeStatus.SUCCEEDED);
        assertThat(find.find(task.id().value()).running()).isEmpty();
        assertThat(find.active()).isEmpty();
    }

    @Test
    void each_change_is_dated() {
        UpgradeTask task = create.create(new UpgradeScope.Single(CODEX));
        upgrader.onUpgrade(CODEX, id -> {
            clock.advance(Duration.ofSeconds(30));
            return succeeded("done");
        });

        background.runAll();

        assertThat(stored(task).createdAt()).isEqualTo(ManualClock.START);
        assertThat(stored(task).updatedAt()).isEqualTo(ManualClock.START.plusSeconds(30));
    }

    @Test
    void what_is_known_of_an_engine_is_dropped_before_its_result_is_seen() {
        List<Integer> resultsSeen = new ArrayList<>();
        CreateUpgradeTask watching = createUpgradeTask(
                engine -> resultsSeen.add(tasks.all().get(0).results().size()), background);
        upgrader.answers(GEMINI, EACCES);
        watching.create(new UpgradeScope.All());

        background.runAll();

        assertThat(resultsSeen).containsExactly(0, 1, 2, 3);
    }

    @Test
    void a_listener_that_fails_costs_no_result() {
        CreateUpgradeTask listened = createUpgradeTask(
                engine -> {
                    throw new IllegalStateException("cache is broken");
                },
                background);
        UpgradeTask task = listened.create(new UpgradeScope.All());

        background.runAll();

        assertThat(stored(task).status()).isEqualTo(UpgradeStatus.SUCCEEDED);
    }

    @Test
    void an_unexpected_failure_ends_the_task_and_keeps_the_results() {
        upgrader.onUpgrade(GEMINI, id -> {
            throw new IllegalStateException("secret");
        });
        UpgradeTask task = create.create(new UpgradeScope.All());

        assertThatThrownBy(background::runAll).isInstanceOf(IllegalStateException.class);

        UpgradeTask ended = stored(task);
        assertThat(ended.status()).isEqualTo(UpgradeStatus.FAILED);
        assertThat(statuses(ended))
                .containsExactly(
                        EngineUpgradeStatus.SUCCEEDED,
                        EngineUpgradeStatus.FAILED,
                        EngineUpgradeStatus.SKIPPED,
                        EngineUpgradeStatus.SKIPPED);
        assertThat(result(ended, GEMINI).error().orElse("")).isNotEmpty().doesNotContain("secret");
        assertThat(dropped).containsExactly(CODEX, GEMINI);
        create.create(new UpgradeScope.All());
    }

    // a full disk

    @Test
    void a_full_disk_refuses_a_task_and_leaves_none() {
        disk.fill();

        assertThatThrownBy(() -> create.create(new UpgradeScope.All())).isInstanceOf(RuntimeException.class);

        disk.free();
        assertThat(tasks.all()).isEmpty();
        create.create(new UpgradeScope.All());
    }

    @Test
    void a_disk_that_fills_up_ends_the_task_once_there_is_room_and_loses_no_result() {
        UpgradeTask task = create.create(new UpgradeScope.All());
        upgrader.onUpgrade(GEMINI, id -> {
            disk.fill();
            return EACCES;
        });

        assertThatThrownBy(background::runAll).isInstanceOf(RuntimeException.class);
        background.runDelayed();
        assertRefused(() -> create.create(new UpgradeScope.All()), ErrorCode.UPGRADE_BUSY);
        disk.free();
        background.runDelayed();

        UpgradeTask ended = stored(task);
        assertThat(ended.status()).isEqualTo(UpgradeStatus.FAILED);
        assertThat(ended.results()).containsEntry(GEMINI, EACCES);
        assertThat(statuses(ended))
                .containsExactly(
                        EngineUpgradeStatus.SUCCEEDED,
                        EngineUpgradeStatus.FAILED,
                        EngineUpgradeStatus.FAILED,
                        EngineUpgradeStatus.SKIPPED);
        assertThat(background.names()).isEmpty();
    }

    @Test
    void a_disk_that_fills_up_at_the_very_end_does_not_turn_success_into_failure() {
        disk.onNextWrite("succeeded", disk::fill);
        UpgradeTask task = create.create(new UpgradeScope.All());

        assertThatThrownBy(background::runAll).isInstanceOf(RuntimeException.class);
        disk.free();
        background.runDelayed();

        assertThat(stored(task).status()).isEqualTo(UpgradeStatus.SUCCEEDED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"task", "running", "succeeded"})
    void no_monitor_is_held_while_the_store_is_asked(String write) {
        List<Boolean> held = new ArrayList<>();
        disk.onNextWrite(write, () -> held.add(Thread.holdsLock(create)));
        create.create(new UpgradeScope.All());

        background.runAll();

        assertThat(held).containsExactly(false);
    }

    // stopping

    @Test
    void a_stop_ends_the_engine_at_work_skips_the_rest_and_nothing_is_written_after_it() {
        UpgradeTask task = create.create(new UpgradeScope.All());
        List<Integer> writes = new ArrayList<>();
        upgrader.onUpgrade(GEMINI, id -> {
            create.close();
            writes.add(disk.writes().size());
            return succeeded("never seen");
        });

        background.runAll();

        UpgradeTask ended = stored(task);
        assertThat(upgrader.isCanceled()).isTrue();
        assertThat(upgrader.calls()).containsExactly(CODEX, GEMINI);
        assertThat(ended.status()).isEqualTo(UpgradeStatus.FAILED);
        assertThat(statuses(ended))
                .containsExactly(
                        EngineUpgradeStatus.SUCCEEDED,
                        EngineUpgradeStatus.FAILED,
                        EngineUpgradeStatus.SKIPPED,
                        EngineUpgradeStatus.SKIPPED);
        assertThat(result(ended, GEMINI).error()).contains("Interrupted by server stop");
        assertThat(result(ended, OPENCODE).error()).contains("Interrupted by server stop");
        assertThat(writes).containsExactly(disk.writes().size());
    }

    @Test
    void a_stop_before_the_start_skips_every_engine() {
        UpgradeTask task = create.create(new UpgradeScope.All());

        create.close();
        background.runAll();

        assertThat(stored(task).status()).isEqualTo(UpgradeStatus.FAILED);
        assertThat(statuses(stored(task))).hasSize(4).containsOnly(EngineUpgradeStatus.SKIPPED);
        assertThat(upgrader.calls()).isEmpty();
    }

    @Test
    void after_a_stop_no_task_is_accepted_and_stopping_again_does_nothing() {
        create.close();
        create.close();

        assertRefused(() -> create.create(new UpgradeScope.All()), ErrorCode.UPGRADE_BUSY);
        assertThat(tasks.all()).isEmpty();
        assertThat(disk.writes()).isEmpty();
    }

    @Test
    void a_stop_leaves_ended_tasks_alone() {
        UpgradeTask task = create.create(new UpgradeScope.Single(CODEX));
        background.runAll();
        UpgradeTask ended = stored(task);

        create.close();

        assertThat(stored(task)).isEqualTo(ended);
    }

    // restarting

    @Test
    void a_restart_ends_the_processes_and_the_running_task_and_keeps_its_results() {
        UpgradeTask queued = accepted();
        UpgradeTask running = queued.start(clock.instant());
        tasks.save(new UpgradeChange(queued, running.withResult(CODEX, succeeded("done"), clock.instant())));

        assertThat(reconcile()).isEqualTo(1);

        UpgradeTask ended = stored(running);
        assertThat(upgrader.swept()).containsExactly(running.id());
        assertThat(ended.status()).isEqualTo(UpgradeStatus.FAILED);
        assertThat(result(ended, CODEX)).isEqualTo(succeeded("done"));
        assertThat(result(ended, GEMINI))
                .isEqualTo(EngineUpgradeResult.failed("", "", "Interrupted by server restart", Optional.empty()));
        assertThat(result(ended, IFLOW)).isEqualTo(EngineUpgradeResult.skipped("Interrupted by server restart"));
        assertThat(create.create(new UpgradeScope.All()).status()).isEqualTo(UpgradeStatus.QUEUED);
    }

    @Test
    void a_task_that_was_ended_under_its_thread_takes_no_late_result_and_no_further_engine() {
        UpgradeTask queued = create.create(new UpgradeScope.All());
        upgrader.onUpgrade(GEMINI, id -> {
            assertThat(reconcile()).isEqualTo(1);
            return succeeded("late");
        });

        background.runAll();

        UpgradeTask ended = stored(queued);
        assertThat(ended.status()).isEqualTo(UpgradeStatus.FAILED);
        assertThat(result(ended, GEMINI))
                .isEqualTo(EngineUpgradeResult.failed("", "", "Interrupted by server restart", Optional.empty()));
        assertThat(upgrader.calls()).containsExactly(CODEX, GEMINI);
    }

    @Test
    void a_restart_skips_every_engine_of_a_queued_task() {
        UpgradeTask queued = accepted();

        reconcile();

        assertThat(stored(queued).status()).isEqualTo(UpgradeStatus.FAILED);
        assertThat(statuses(stored(queued))).hasSize(4).containsOnly(EngineUpgradeStatus.SKIPPED);
    }

    @Test
    void a_task_that_can_not_be_ended_at_once_by_a_restart_is_ended_a_moment_later() {
        UpgradeTask queued = accepted();
        disk.failWrite(1, () -> new UnavailableException("the database is locked", new IllegalStateException()));

        reconcile();

        assertThat(stored(queued).status()).isEqualTo(UpgradeStatus.FAILED);
        assertThat(create.create(new UpgradeScope.All()).status()).isEqualTo(UpgradeStatus.QUEUED);
    }

    @Test
    void a_restart_on_a_full_disk_ends_the_task_once_there_is_room() {
        UpgradeTask queued = accepted();
        disk.fill();

        reconcile();

        assertThat(stored(queued).status()).isEqualTo(UpgradeStatus.QUEUED);
        disk.free();
        background.runDelayed();
        assertThat(stored(queued).status()).isEqualTo(UpgradeStatus.FAILED);
        assertThat(create.create(new UpgradeScope.All()).status()).isEqualTo(UpgradeStatus.QUEUED);
    }

    @Test
    void a_restart_without_an_unfinished_task_changes_nothing() {
        UpgradeTask task = create.create(new UpgradeScope.Single(CODEX));
        background.runAll();
        UpgradeTask ended = stored(task);

        assertThat(reconcile()).isZero();

        assertThat(stored(task)).isEqualTo(ended);
        assertThat(upgrader.swept()).isEmpty();
    }

    // finding

    @ParameterizedTest
    @ValueSource(strings = {"99999999-9999-4999-8999-999999999999", "nothing", "", "x' OR '1'='1", "../etc"})
    void an_unknown_or_malformed_id_is_not_found(String id) {
        assertRefused(() -> find.find(id), ErrorCode.UPGRADE_NOT_FOUND);
    }

    @Test
    void an_engine_shows_its_last_error_until_a_newer_task_plans_it() {
        assertThat(find.standing(GEMINI).state()).isEqualTo(UpgradeStanding.State.IDLE);
        upgrader.answers(GEMINI, EACCES);
        create.create(new UpgradeScope.All());
        background.runAll();
        create.create(new UpgradeScope.Single(CODEX));
        background.runAll();

        assertThat(find.standing(GEMINI).state()).isEqualTo(UpgradeStanding.State.FAILED);
        assertThat(find.standing(GEMINI).lastError()).contains("Upgrade command exited with code 1");
        assertThat(find.standing(CODEX).mode()).contains("single");

        UpgradeTask newer = create.create(new UpgradeScope.Single(GEMINI));
        assertThat(find.standing(GEMINI).state()).isEqualTo(UpgradeStanding.State.QUEUED);
        assertThat(find.standing(GEMINI).requestId()).contains(newer.id());
        assertThat(find.standing(GEMINI).lastError()).isEmpty();
    }

    private CreateUpgradeTask createUpgradeTask(Consumer<EngineId> afterEngine, BackgroundTasks threads) {
        return new CreateUpgradeTask(
                tasks, upgrader, EngineId.BUILT_IN, inUse::contains, afterEngine, threads, ids, clock);
    }

    private int reconcile() {
        return new ReconcileUpgrades(tasks, upgrader, background, clock).reconcile();
    }

    private UpgradeTask accepted() {
        UpgradeTask task = UpgradeTask.queued(
                new UpgradeId(ids.next()), new UpgradeScope.All(), EngineId.BUILT_IN, clock.instant());
        assertThat(tasks.addIfNoneActive(task)).isTrue();
        return task;
    }

    private UpgradeTask stored(UpgradeTask task) {
        return tasks.find(task.id()).orElseThrow();
    }

    private static EngineUpgradeResult result(UpgradeTask task, EngineId engine) {
        return Optional.ofNullable(task.results().get(engine)).orElseThrow();
    }

    private static List<EngineUpgradeStatus> statuses(UpgradeTask task) {
        return task.results().values().stream().map(EngineUpgradeResult::status).toList();
    }

    private static EngineUpgradeResult succeeded(String stdout) {
        return EngineUpgradeResult.succeeded(stdout, "", Optional.empty());
    }

    private static void assertRefused(Runnable request, ErrorCode code) {
        assertThatThrownBy(request::run).isInstanceOfSatisfying(RefusedException.class, refused -> assertThat(
                        refused.refusal().code())
                .isEqualTo(code));
    }
}
