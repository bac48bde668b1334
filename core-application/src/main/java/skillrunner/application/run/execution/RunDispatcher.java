package skillrunner.application.run.execution;

import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import skillrunner.application.background.BackgroundTasks;
import skillrunner.application.background.Bell;
import skillrunner.application.run.RunSettings;
import skillrunner.application.run.RunSignals;
import skillrunner.application.run.Runs;
import skillrunner.application.run.Subscription;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunFailure;
import skillrunner.domain.run.RunId;

/**
 * Gives slots to queued runs, oldest first, and carries each run out on a thread of its own. Safe for concurrent use.
 *
 * <p>{@link #stop} leaves the engines' processes alone: the next start picks them up.
 */
public final class RunDispatcher {
    private static final System.Logger LOG = System.getLogger(RunDispatcher.class.getName());
    private static final Duration RETRY = Duration.ofSeconds(2);

    private final Runs runs;
    private final RunExecutions executions;
    private final RunOwnership ownership;
    private final RunSignals signals;
    private final BackgroundTasks background;
    private final Clock clock;
    private final RunSettings settings;

    /** No monitor: the store is asked inside, and a virtual thread that waits there must give its carrier to others. */
    private final ReentrantLock choosing = new ReentrantLock();

    private final AtomicInteger busy = new AtomicInteger();
    private final Set<RunId> atWork = ConcurrentHashMap.newKeySet();
    private final Bell letGo;
    private volatile Subscription queue = () -> {};
    private volatile boolean started;
    private volatile boolean stopped;

    public RunDispatcher(
            Runs runs,
            RunExecutions executions,
            RunOwnership ownership,
            RunSignals signals,
            BackgroundTasks background,
            Clock clock,
            RunSettings settings) {
        this.runs = Objects.requireNonNull(runs);
        this.executions = Objects.requireNonNull(executions);
        this.ownership = Objects.requireNonNull(ownership);
        this.signals = Objects.requireNonNull(signals);
        this.background = Objects.requireNonNull(background);
        this.letGo = background.bell();
        this.clock = Objects.requireNonNull(clock);
        this.settings = Objects.requireNonNull(settings);
    }

    /** Begins to give slots, unless it was stopped before. */
    public void start() {
        choosing.lock();
        try {
            if (stopped) {
                return;
            }
            started = true;
            queue = signals.watchQueue(this::wake);
        } finally {
            choosing.unlock();
        }
        wake();
    }

    /** Gives no more slots and lets go of the runs that work; their processes go on. */
    public void stop() {
        choosing.lock();
        try {
            stopped = true;
            queue.close();
        } finally {
            choosing.unlock();
        }
        // Those that wait for something to happen need not wait any more.
        atWork.forEach(signals::wake);
    }

    /**
     * Waits until all runs are let go after {@link #stop}, so that nothing is asked of a store any more that may be closed then. What a
     * run has begun aside, such as measuring its workspace, may still be at work.
     *
     * @param atMost how long to wait
     * @return false if some were still held
     * @throws InterruptedException if the thread is interrupted
     */
    public boolean awaitLetGo(Duration atMost) throws InterruptedException {
        long start = System.nanoTime();
        while (!atWork.isEmpty()) {
            Duration left = atMost.minusNanos(System.nanoTime() - start);
            if (left.isNegative() || left.isZero()) {
                return false;
            }
            letGo.await(left);
        }
        return true;
    }

    /** Gives slots to queued runs if any are free. Never throws: what fails is tried again. */
    public void wake() {
        try {
            for (Optional<Run> run = next(); run.isPresent(); run = next()) {
                Run taken = run.get();
                submit(taken, () -> executions.open(taken, false));
            }
        } catch (RuntimeException | Error e) {
            LOG.log(System.Logger.Level.ERROR, "no run could be taken from the queue; trying again", e);
            background.submitAfter(RETRY, "dispatch", this::wake);
        }
    }

    /**
     * Carries on with a run that was working when the server ended. It holds a slot even if that makes one too many.
     *
     * @param run a running run, or one that waits and whose engine keeps running
     */
    public void resume(Run run) {
        carryOn(run, () -> executions.open(run, true));
    }

    /**
     * Ends a run that was working when the server ended and can't be carried on with.
     *
     * @param run a running run, or one that waits and whose engine keeps running
     * @param failure why it fails
     */
    public void end(Run run, RunFailure failure) {
        carryOn(run, () -> executions.openToEnd(run, failure));
    }

    /**
     * Returns how many slots are taken.
     *
     * @return the number of runs at work
     */
    public int busySlots() {
        return busy.get();
    }

    private Optional<Run> next() {
        choosing.lock();
        try {
            if (!started || stopped || busy.get() >= settings.slots() || !ownership.mayDispatch()) {
                return Optional.empty();
            }
            Optional<Run> run = runs.takeNextQueued(ownership.claim(), clock.instant());
            if (run.isPresent()) {
                busy.incrementAndGet();
            }
            return run;
        } finally {
            choosing.unlock();
        }
    }

    private void carryOn(Run run, Supplier<RunExecution> opener) {
        busy.incrementAndGet();
        submit(run, opener);
    }

    private void submit(Run run, Supplier<RunExecution> opener) {
        signals.wake(run.id());
        background.submit("run-" + run.id(), () -> carryOut(run, opener));
    }

    private void carryOut(Run run, Supplier<RunExecution> opener) {
        Bell bell = background.bell();
        AtomicBoolean holdsSlot = new AtomicBoolean(true);
        atWork.add(run.id());
        // Who follows the output has it before anything is made of it.
        try (Subscription watch = signals.watch(run.id(), bell::ring, bell::ringSoon)) {
            if (stopped) {
                return;
            }
            carryOut(opener.get(), bell, holdsSlot);
            Optional<Run> next = stopped ? Optional.empty() : executions.following(run);
            while (next.isPresent() && !stopped) {
                Run present = next.get();
                carryOut(executions.open(present, false), bell, holdsSlot);
                next = executions.following(present);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            // A step never throws; what does is the machine at its limits, and the run must not be forgotten for that.
            LOG.log(System.Logger.Level.ERROR, "run run_id=" + run.id() + " was dropped; taking it up again", e);
            background.submitAfter(RETRY, "resume-" + run.id(), () -> resume(run));
        } finally {
            giveSlot(holdsSlot);
            atWork.remove(run.id());
            letGo.ring();
        }
    }

    private void carryOut(RunExecution opened, Bell bell, AtomicBoolean holdsSlot) throws InterruptedException {
        try (RunExecution execution = opened) {
            Optional<Duration> pause = execution.step();
            while (pause.isPresent() && !stopped) {
                if (!execution.holdsSlot()) {
                    giveSlot(holdsSlot);
                }
                bell.await(pause.get());
                pause = stopped ? Optional.empty() : execution.step();
            }
        }
    }

    private void giveSlot(AtomicBoolean holdsSlot) {
        if (holdsSlot.getAndSet(false)) {
            freeSlot();
        }
    }

    private void freeSlot() {
        busy.decrementAndGet();
        wake();
    }
}
