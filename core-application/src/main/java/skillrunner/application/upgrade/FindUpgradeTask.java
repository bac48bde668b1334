package skillrunner.application.upgrade;

import java.util.Objects;
import java.util.Optional;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.upgrade.UpgradeId;
import skillrunner.domain.upgrade.UpgradeStanding;
import skillrunner.domain.upgrade.UpgradeTask;

/** Shows upgrade tasks and how engines stand with them. Safe for concurrent use. */
public final class FindUpgradeTask {
    private final UpgradeTasks tasks;
    private final EngineUpgrader upgrader;

    public FindUpgradeTask(UpgradeTasks tasks, EngineUpgrader upgrader) {
        this.tasks = Objects.requireNonNull(tasks);
        this.upgrader = Objects.requireNonNull(upgrader);
    }

    /**
     * Finds a task.
     *
     * @param id any text
     * @return the task, with the output of the engine in progress
     * @throws RefusedException with {@link ErrorCode#UPGRADE_NOT_FOUND} if it names no task
     */
    public Found find(String id) {
        UpgradeTask task = UpgradeId.parse(id)
                .flatMap(tasks::find)
                .orElseThrow(() -> new RefusedException(ErrorCode.UPGRADE_NOT_FOUND, "Upgrade task not found"));
        return found(task);
    }

    /**
     * Finds the task that has not ended.
     *
     * @return the task, or empty while no engine is upgraded
     */
    public Optional<Found> active() {
        return tasks.active().stream().findFirst().map(this::found);
    }

    /**
     * Tells how an engine stands with the newest task that planned it.
     *
     * @param engine the engine
     * @return its standing
     */
    public UpgradeStanding standing(EngineId engine) {
        return UpgradeStanding.of(engine, tasks.latestPlanning(engine));
    }

    private Found found(UpgradeTask task) {
        // The command may be one ahead of the task that was read before it; then it is shown with the next look.
        return new Found(task, task.inProgress().flatMap(engine -> upgrader.running()
                .filter(output -> output.engine().equals(engine))));
    }

    /**
     * A task as it is at this moment.
     *
     * @param task the task with the results so far
     * @param running what the command of the engine in progress has written so far
     */
    public record Found(UpgradeTask task, Optional<UpgradeOutput> running) {}
}
