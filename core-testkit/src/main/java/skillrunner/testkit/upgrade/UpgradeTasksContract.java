package skillrunner.testkit.upgrade;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import skillrunner.application.upgrade.UpgradeTasks;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.upgrade.EngineUpgradeResult;
import skillrunner.domain.upgrade.UpgradeChange;
import skillrunner.domain.upgrade.UpgradeId;
import skillrunner.domain.upgrade.UpgradeScope;
import skillrunner.domain.upgrade.UpgradeStatus;
import skillrunner.domain.upgrade.UpgradeTask;
import skillrunner.domain.upgrade.UpgradeText;
import skillrunner.testkit.background.SequentialIds;
import skillrunner.testkit.run.Racing;

import static org.assertj.core.api.Assertions.assertThat;
import static skillrunner.domain.engine.EngineId.CODEX;
import static skillrunner.domain.engine.EngineId.GEMINI;
import static skillrunner.domain.engine.EngineId.IFLOW;

/** What every {@link UpgradeTasks} promises. */
public abstract class UpgradeTasksContract {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.123456Z");
    private static final int THREADS = 16;

    private final SequentialIds ids = new SequentialIds();
    private UpgradeTasks tasks = new InMemoryUpgradeTasks();

    /**
     * Makes a store without any content.
     *
     * @return the store to test
     */
    protected abstract UpgradeTasks emptyStore();

    @BeforeEach
    void start() {
        tasks = emptyStore();
    }

    @Test
    void an_added_task_is_found_as_it_was_added() {
        UpgradeTask all = queued(new UpgradeScope.All());

        assertThat(tasks.addIfNoneActive(all)).isTrue();

        assertThat(tasks.find(all.id())).contains(all);
        assertThat(tasks.active()).containsExactly(all);
    }

    @Test
    void a_task_for_one_engine_is_found_as_it_was_added() {
        UpgradeTask single = queued(new UpgradeScope.Single(new EngineId("brought-along")));

        tasks.addIfNoneActive(single);

        assertThat(tasks.find(single.id())).contains(single);
    }

    @Test
    void an_unknown_id_is_not_found() {
        assertThat(tasks.find(new UpgradeId("99999999-9999-4999-8999-999999999999")))
                .isEmpty();
        assertThat(tasks.active()).isEmpty();
    }

    @Test
    void a_second_task_is_turned_away_while_the_first_is_queued_or_running() {
        UpgradeTask first = added();
        UpgradeTask second = queued(new UpgradeScope.Single(GEMINI));

        assertThat(tasks.addIfNoneActive(second)).isFalse();
        save(first, first.start(NOW));
        assertThat(tasks.addIfNoneActive(second)).isFalse();

        assertThat(tasks.find(second.id())).isEmpty();
        assertThat(tasks.active()).extracting(UpgradeTask::id).containsExactly(first.id());
    }

    @Test
    void a_new_task_is_accepted_after_each_kind_of_end() {
        UpgradeTask first = added();
        save(first, first.abandon("stopped", NOW));
        UpgradeTask second = started();
        UpgradeTask running = second;
        for (EngineId engine : second.engines()) {
            running = running.withResult(engine, succeeded("done"), NOW);
        }
        UpgradeTask ended = running.finish(NOW);
        assertThat(ended.status()).isEqualTo(UpgradeStatus.SUCCEEDED);
        save(second, ended);

        UpgradeTask third = queued(new UpgradeScope.All());
        assertThat(tasks.addIfNoneActive(third)).isTrue();
        assertThat(tasks.active()).containsExactly(third);
        assertThat(tasks.find(first.id())).isPresent();
        assertThat(tasks.find(second.id())).contains(ended);
    }

    @RepeatedTest(5)
    void of_many_racing_callers_exactly_one_wins() {
        List<Callable<Boolean>> callers = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            UpgradeTask task = queued(new UpgradeScope.All());
            callers.add(() -> tasks.addIfNoneActive(task));
        }

        assertThat(Racing.race(callers)).filteredOn(won -> won).hasSize(1);

        assertThat(tasks.active()).hasSize(1);
    }

    @Test
    void results_are_kept_as_they_come() {
        UpgradeTask task = started();
        EngineUpgradeResult odd = EngineUpgradeResult.failed(
                "quotes \" and \\ and \n and \u0000 and 汉字 and \ud83d\ude00",
                "<script>",
                "Upgrade command exited with code 1",
                Optional.of("0.1.2"));
        UpgradeTask one = task.withResult(CODEX, odd, NOW.plusSeconds(1));
        UpgradeTask two = one.withResult(GEMINI, EngineUpgradeResult.skipped("left out"), NOW.plusSeconds(2));

        assertThat(save(task, one)).isTrue();
        assertThat(tasks.find(task.id())).contains(one);
        assertThat(save(one, two)).isTrue();
        assertThat(tasks.find(task.id())).contains(two);
        assertThat(tasks.find(task.id()).orElseThrow().results().keySet()).containsExactly(CODEX, GEMINI);
    }

    @Test
    void output_of_any_length_comes_back_cut_once() {
        UpgradeTask task = started();
        UpgradeTask one = task.withResult(CODEX, succeeded("é".repeat(UpgradeText.MOST_BYTES)), NOW);

        save(task, one);

        assertThat(tasks.find(task.id())).contains(one);
        assertThat(one.results().values())
                .extracting(EngineUpgradeResult::stdout)
                .allMatch(text -> text.startsWith("[… " + UpgradeText.MOST_BYTES + " bytes cut]\n"));
    }

    @Test
    void an_ended_task_never_changes() {
        UpgradeTask task = started();
        UpgradeTask ended = task.abandon("stopped", NOW);
        save(task, ended);

        assertThat(save(task, task.withResult(CODEX, succeeded("late"), NOW))).isFalse();
        assertThat(save(task, task.finish(NOW))).isFalse();
        assertThat(save(task, ended)).isFalse();

        assertThat(tasks.find(task.id())).contains(ended);
    }

    @Test
    void whoever_knows_a_task_as_it_was_takes_no_result_away() {
        UpgradeTask task = started();
        UpgradeTask one = task.withResult(CODEX, succeeded("done"), NOW);
        save(task, one);

        assertThat(save(task, task.withResult(GEMINI, succeeded("done"), NOW))).isFalse();
        assertThat(save(task, task.abandon("restart", NOW))).isFalse();
        assertThat(save(task, task)).isFalse();

        assertThat(tasks.find(task.id())).contains(one);
        assertThat(save(one, one.abandon("restart", NOW))).isTrue();
    }

    @Test
    void a_task_that_was_never_added_is_not_saved() {
        UpgradeTask task = queued(new UpgradeScope.All());

        assertThat(save(task, task.start(NOW))).isFalse();

        assertThat(tasks.find(task.id())).isEmpty();
    }

    @RepeatedTest(10)
    void of_racing_changes_of_one_state_exactly_one_is_kept() {
        UpgradeTask running = started();
        List<UpgradeTask> changes = List.of(
                running.abandon("one", NOW),
                running.abandon("other", NOW),
                running.withResult(CODEX, succeeded("done"), NOW),
                running.withResult(GEMINI, succeeded("done"), NOW),
                running.finish(NOW));

        List<Boolean> kept = Racing.race(changes.stream()
                .<Callable<Boolean>>map(change -> () -> save(running, change))
                .toList());

        assertThat(kept).containsOnlyOnce(true);
        assertThat(tasks.find(running.id())).contains(changes.get(kept.indexOf(true)));
    }

    @Test
    void the_latest_task_that_planned_an_engine_is_the_one_added_last() {
        UpgradeTask all = added();
        save(all, all.abandon("stopped", NOW));
        // A clock that was set back does not change which task is the newest.
        UpgradeTask single = new UpgradeTask(
                new UpgradeId(ids.next()),
                new UpgradeScope.Single(GEMINI),
                List.of(GEMINI),
                UpgradeStatus.QUEUED,
                Map.of(),
                NOW.minusSeconds(60),
                NOW.minusSeconds(60));
        tasks.addIfNoneActive(single);

        assertThat(tasks.latestPlanning(GEMINI)).contains(single);
        assertThat(tasks.latestPlanning(IFLOW)).map(UpgradeTask::id).contains(all.id());
        assertThat(tasks.latestPlanning(new EngineId("brought-along"))).isEmpty();
        assertThat(tasks.latestPlanning(new EngineId("gem"))).isEmpty();
    }

    private boolean save(UpgradeTask before, UpgradeTask after) {
        return tasks.save(new UpgradeChange(before, after));
    }

    private UpgradeTask started() {
        UpgradeTask queued = added();
        UpgradeTask running = queued.start(NOW);
        assertThat(save(queued, running)).isTrue();
        return running;
    }

    private UpgradeTask added() {
        UpgradeTask task = queued(new UpgradeScope.All());
        assertThat(tasks.addIfNoneActive(task)).isTrue();
        return task;
    }

    private UpgradeTask queued(UpgradeScope scope) {
        return UpgradeTask.queued(new UpgradeId(ids.next()), scope, scope.engines(EngineId.BUILT_IN), NOW);
    }

    private static EngineUpgradeResult succeeded(String stdout) {
        return EngineUpgradeResult.succeeded(stdout, "", Optional.empty());
    }
}
