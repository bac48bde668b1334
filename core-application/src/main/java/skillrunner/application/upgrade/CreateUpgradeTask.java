package skillrunner.application.upgrade;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import skillrunner.application.background.BackgroundTasks;
import skillrunner.application.background.IdSource;
import skillrunner.application.background.StoredTask;
import skillrunner.application.background.UntilDone;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.upgrade.EngineUpgradeResult;
import skillrunner.domain.upgrade.UpgradeChange;
import skillrunner.domain.upgrade.UpgradeId;
import skillrunner.domain.upgrade.UpgradeScope;
import skillrunner.domain.upgrade.UpgradeTask;

/**
 * Accepts an upgrade, answers at once, and upgrades the engines one after another in the background. Each engine's result
 * is stored as soon as it is there. Safe for concurrent use.
 */
public final class CreateUpgradeTask implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(CreateUpgradeTask.class.getName());
    private static final Duration RETRY = Duration.ofSeconds(2);
    private static final String STOPPED = "Interrupted by server stop";
    private static final String BROKE_OFF = "The upgrade broke off unexpectedly; the server's log says why";

    private final UpgradeTasks tasks;
    private final EngineUpgrader upgrader;
    private final List<EngineId> known;
    private final Predicate<EngineId> inUse;
    private final Consumer<EngineId> afterEngine;
    private final BackgroundTasks background;
    private final IdSource ids;
    private final Clock clock;
    private final UntilDone untilDone;
    private final Keeping keeping = new Keeping();

    /** No monitor: the store is asked inside, and a virtual thread that waits there must give its carrier to others. */
    private final ReentrantLock deciding = new ReentrantLock();

    /** The last task that this server took up. Guarded by the lock. */
    private Optional<StoredTask<UpgradeTask>> current = Optional.empty();

    /** Guarded by the lock. */
    private boolean stopped;

    public CreateUpgradeTask(
            UpgradeTasks tasks,
            EngineUpgrader upgrader,
            List<EngineId> known,
            Predicate<EngineId> inUse,
            Consumer<EngineId> afterEngine,
            BackgroundTasks background,
            IdSource ids,
            Clock clock) {
        this.tasks = Objects.requireNonNull(tasks);
        this.upgrader = Objects.requireNonNull(upgrader);
        this.known = List.copyOf(known);
        this.inUse = Objects.requireNonNull(inUse);
        this.afterEngine = Objects.requireNonNull(afterEngine);
        this.background = Objects.requireNonNull(background);
        this.ids = Objects.requireNonNull(ids);
        this.clock = Objects.requireNonNull(clock);
        this.untilDone = new UntilDone(background, RETRY);
    }

    /**
     * Accepts an upgrade.
     *
     * @param scope what to upgrade
     * @return the queued task
     * @throws RefusedException with {@link ErrorCode#UPGRADE_BUSY} while another task is queued or running, with {@link
     *     ErrorCode#ENGINE_NOT_IN_USE} for a single engine that this server does not use
     */
    public UpgradeTask create(UpgradeScope scope) {
        scope.requestedEngine().filter(inUse.negate()).ifPresent(engine -> {
            throw new RefusedException(
                    ErrorCode.ENGINE_NOT_IN_USE, "The engine '" + engine + "' is not in use on this server");
        });
        StoredTask<UpgradeTask> task = accept(scope);
        UpgradeTask queued = task.state();
        try {
            background.submit(name(queued), () -> carryOut(task));
        } catch (RuntimeException e) {
            abandon(task, "The upgrade could not be started");
            throw e;
        }
        return queued;
    }

    /**
     * Ends the command that is at work and the task with it: its engine fails, the engines after it are skipped, and
     * nothing is written any more. Later tasks are refused.
     */
    @Override
    public void close() {
        deciding.lock();
        try {
            if (stopped) {
                return;
            }
            stopped = true;
        } finally {
            deciding.unlock();
        }
        // The process first: were the task ended before it, a server killed in between would leave a process that
        // nobody looks for.
        try {
            upgrader.cancel();
        } finally {
            endStopped();
        }
    }

    private StoredTask<UpgradeTask> accept(UpgradeScope scope) {
        deciding.lock();
        try {
            if (stopped) {
                throw new RefusedException(ErrorCode.UPGRADE_BUSY, "The server is stopping");
            }
            UpgradeTask task =
                    UpgradeTask.queued(new UpgradeId(ids.next()), scope, scope.engines(known), clock.instant());
            if (!tasks.addIfNoneActive(task)) {
                throw new RefusedException(
                        ErrorCode.UPGRADE_BUSY, "Another upgrade is queued or running; wait until it has ended");
            }
            log(task);
            StoredTask<UpgradeTask> taken = new StoredTask<>(task, keeping);
            current = Optional.of(taken);
            return taken;
        } finally {
            deciding.unlock();
        }
    }

    private void carryOut(StoredTask<UpgradeTask> task) {
        try {
            if (!advance(task, queued -> queued.start(clock.instant()))) {
                return;
            }
            UpgradeTask started = task.state();
            for (EngineId engine : started.engines()) {
                EngineUpgradeResult result = upgrade(started.id(), engine);
                if (!advance(task, running -> running.withResult(engine, result, clock.instant()))) {
                    return;
                }
            }
            advance(task, running -> running.finish(clock.instant()));
        } catch (RuntimeException | Error e) {
            abandon(task, BROKE_OFF);
            throw e;
        }
    }

    private EngineUpgradeResult upgrade(UpgradeId task, EngineId engine) {
        if (!inUse.test(engine)) {
            return EngineUpgradeResult.skipped("The engine '" + engine
                    + "' is left out of this server by SKILL_RUNNER_ENGINES and was not upgraded");
        }
        try {
            return upgrader.upgrade(task, engine);
        } finally {
            tell(engine);
        }
    }

    private void tell(EngineId engine) {
        try {
            afterEngine.accept(engine);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "what is known of " + engine + " could not be dropped", e);
        }
    }

    /** Makes and stores the task's next state. Returns false if the task has ended or the server stops. */
    private boolean advance(StoredTask<UpgradeTask> task, UnaryOperator<UpgradeTask> change) {
        deciding.lock();
        try {
            return !stopped && task.advance(change);
        } finally {
            deciding.unlock();
        }
    }

    /** Ends the task, now or as soon as it can be stored: until then no other would be accepted. */
    private void abandon(StoredTask<UpgradeTask> task, String reason) {
        untilDone.carryOut(
                name(task.state()), () -> advance(task, unfinished -> unfinished.abandon(reason, clock.instant())));
    }

    private void endStopped() {
        deciding.lock();
        try {
            current.ifPresent(task -> task.advance(unfinished -> unfinished.abandon(STOPPED, clock.instant())));
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "the upgrade could not be ended; the next start will do it", e);
        } finally {
            deciding.unlock();
        }
    }

    private static String name(UpgradeTask task) {
        return "upgrade-" + task.id();
    }

    private final class Keeping implements StoredTask.Keeping<UpgradeTask> {
        @Override
        public boolean save(UpgradeTask before, UpgradeTask after) {
            return tasks.save(new UpgradeChange(before, after));
        }

        @Override
        public boolean hasEnded(UpgradeTask state) {
            return state.status().isTerminal();
        }

        @Override
        public void stored(UpgradeTask before, UpgradeTask after) {
            if (after.status() != before.status()) {
                log(after);
            }
        }
    }

    private static void log(UpgradeTask task) {
        LOG.log(
                System.Logger.Level.INFO,
                "upgrade request_id={0} mode={1} {2}",
                task.id(),
                task.scope().mode(),
                task.status().wire());
    }
}
