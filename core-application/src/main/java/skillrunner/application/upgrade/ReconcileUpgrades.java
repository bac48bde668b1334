package skillrunner.application.upgrade;

import java.time.Clock;
import java.util.List;
import java.util.Objects;
import skillrunner.application.background.BackgroundTasks;
import skillrunner.application.storage.Patience;
import skillrunner.domain.run.RetryPolicy;
import skillrunner.domain.upgrade.UpgradeTask;

/**
 * Ends the tasks that were queued or running when the server ended: an upgrade does not survive it. To be called before
 * serving, so that the first request for an upgrade is accepted.
 */
public final class ReconcileUpgrades {
    private static final System.Logger LOG = System.getLogger(ReconcileUpgrades.class.getName());
    private static final String RESTARTED = "Interrupted by server restart";

    private final UpgradeTasks tasks;
    private final EngineUpgrader upgrader;
    private final Patience.Rest rest;
    private final Clock clock;

    /**
     * Takes its collaborators.
     *
     * @param tasks knows the tasks
     * @param upgrader ends their processes
     * @param background lets it wait for a store that can't be used
     * @param clock dates the end
     */
    public ReconcileUpgrades(UpgradeTasks tasks, EngineUpgrader upgrader, BackgroundTasks background, Clock clock) {
        this.tasks = Objects.requireNonNull(tasks);
        this.upgrader = Objects.requireNonNull(upgrader);
        this.rest = background.bell()::await;
        this.clock = Objects.requireNonNull(clock);
    }

    /**
     * Ends the processes and then the tasks. Results are kept; the engine that was in progress failed, the ones after it
     * are skipped.
     *
     * @return how many tasks were queued or running
     */
    public int reconcile() {
        List<UpgradeTask> active = Patience.with(RetryPolicy.START, rest, tasks::active);
        for (UpgradeTask task : active) {
            try {
                upgrader.endLeftovers(task.id());
            } catch (RuntimeException e) {
                // A server that does not start would be worse than a process that is left.
                LOG.log(System.Logger.Level.WARNING, "upgrade request_id=" + task.id() + " may have left a process", e);
            }
            end(task);
        }
        return active.size();
    }

    private void end(UpgradeTask task) {
        try {
            UpgradeTask ended = task.abandon(RESTARTED, clock.instant());
            boolean saved = Patience.with(RetryPolicy.START, rest, () -> tasks.save(ended));
            if (saved) {
                LOG.log(
                        System.Logger.Level.INFO,
                        "upgrade request_id={0} {1}->failed: interrupted by a restart",
                        task.id(),
                        task.status().wire());
            }
        } catch (RuntimeException e) {
            // It stays active and is met by the next start; the server serves everybody else meanwhile.
            LOG.log(System.Logger.Level.ERROR, "upgrade request_id=" + task.id() + " can't be ended", e);
        }
    }
}
