package skillrunner.application.upgrade;

import java.util.List;
import java.util.Optional;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.upgrade.UpgradeChange;
import skillrunner.domain.upgrade.UpgradeId;
import skillrunner.domain.upgrade.UpgradeTask;

/**
 * Remembers upgrade tasks across restarts; none is ever removed. What a method returned from is on disk. Implementations
 * are safe for concurrent use, also by several servers.
 *
 * <p>A method that writes throws {@link skillrunner.application.storage.StorageFullException} if the disk is full; then
 * nothing was changed.
 */
public interface UpgradeTasks {
    /**
     * Stores a task unless one is queued or running; check and insert are one atomic step.
     *
     * @param task a queued task
     * @return false if refused; then nothing was changed
     */
    boolean addIfNoneActive(UpgradeTask task);

    /**
     * Stores a task's next state if {@link UpgradeChange#appliesTo} holds for what is stored; one atomic step.
     *
     * @param change the next state, and the one it was made from
     * @return false if the task has moved on or there is none; then nothing was changed
     */
    boolean save(UpgradeChange change);

    /**
     * Finds a task.
     *
     * @param id its id
     * @return the task, or empty
     */
    Optional<UpgradeTask> find(UpgradeId id);

    /**
     * Lists the tasks that have not ended.
     *
     * @return the queued and running tasks, oldest first
     */
    List<UpgradeTask> active();

    /**
     * Finds the task that was added last among those that planned an engine.
     *
     * @param engine the engine
     * @return the task, or empty
     */
    Optional<UpgradeTask> latestPlanning(EngineId engine);
}
