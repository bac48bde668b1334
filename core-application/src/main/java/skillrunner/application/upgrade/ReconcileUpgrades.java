package skillrunner.application.upgrade;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import skillrunner.application.background.BackgroundTasks;
import skillrunner.application.background.UntilDone;
import skillrunner.application.storage.Patience;
import skillrunner.domain.run.RetryPolicy;
import skillrunner.domain.upgrade.UpgradeChange;
import skillrunner.domain.upgrade.UpgradeTask;

/**
 * Ends the tasks that were queued or running when the server ended: an upgrade does not survive it. To be called before
 * serving, so that the first request for an upgrade is accepted.
 */
public final class ReconcileUpgrades {
    private static final System.Logger LOG = System.getLogger(ReconcileUpgrades.class.getName());
    private static final Duration LATER = Duration.ofSeconds(5);
    private static final String RESTARTED = "Interrupted by server restart";

    private final UpgradeTasks tasks;
    private final EngineUpgrader upgrader;
    private final BackgroundTasks background;
    private final Clock clock;
    private final UntilDone untilDone;

    public ReconcileUpgrades(UpgradeTasks tasks, EngineUpgrader upgrader, BackgroundTasks background, Clock clock) {
        this.tasks = Objects.requireNonNull(tasks);
        this.upgrader = Objects.requireNonNull(upgrader);
        this.background = Objects.requireNonNull(background);
        this.clock = Objects.requireNonNull(clock);
        this.untilDone = new UntilDone(background, LATER);
    }

    /**
     * Ends the processes and then the tasks. Results are kept; the engine that was in progress failed, the ones after it
     * are skipped.
     *
     * @return how many tasks were queued or running
     */
    public int reconcile() {
        List<UpgradeTask> active = Patience.with(RetryPolicy.START, background.bell()::await, tasks::active);
        for (UpgradeTask task : active) {
            try {
                upgrader.endLeftovers(task.id());
            } catch (RuntimeException e) {
                // A server that does not start would be worse than a process that is left.
                LOG.log(System.Logger.Level.WARNING, "upgrade request_id=" + task.id() + " may have left a process", e);
            }
            // Until it is ended no upgrade is accepted; the server serves everybody else meanwhile.
            untilDone.carryOut("upgrade-" + task.id(), () -> end(task));
        }
        return active.size();
    }

    private void end(UpgradeTask task) {
        UpgradeChange end = new UpgradeChange(task, task.abandon(RESTARTED, clock.instant()));
        boolean saved = Patience.with(RetryPolicy.START, background.bell()::await, () -> tasks.save(end));
        if (saved) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "upgrade request_id={0} {1}->failed: interrupted by a restart",
                    task.id(),
                    task.status().wire());
        }
    }
}
