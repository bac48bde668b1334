package skillrunner.application.run.execution;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skillrunner.application.storage.DiskReserve;
import skillrunner.application.storage.StorageFaultException;
import skillrunner.application.storage.StorageFullException;
import skillrunner.application.storage.UnavailableException;
import skillrunner.application.time.Countdown;
import skillrunner.domain.run.RunFailure;
import skillrunner.domain.run.RunFailureCode;
import skillrunner.domain.run.RunId;
import skillrunner.domain.run.Setbacks;

/**
 * What has kept one execution from going on so far, and how long it waits therefore. What follows from a setback is decided
 * by {@link Setbacks}; here is known which setback a fault is. Used by one thread.
 */
final class RunSetbacks {
    private static final System.Logger LOG = System.getLogger(RunSetbacks.class.getName());

    private static final RunFailure INTERNAL =
            new RunFailure(RunFailureCode.INTERNAL_ERROR, "The server failed while it ran the skill");

    private static final RunFailure IN_THE_WAY = new RunFailure(
            RunFailureCode.INTERNAL_ERROR,
            "Something else stands where a folder of the run should be; the server's operator has to remove it");

    private final RunId run;
    private final TurnTime time;
    private final DiskReserve reserve;
    private Setbacks setbacks;
    private @Nullable Countdown waiting;

    /** @param fault why the run can only be ended, if that is so from the beginning */
    RunSetbacks(RunId run, TurnTime time, DiskReserve reserve, Optional<RunFailure> fault) {
        this.run = Objects.requireNonNull(run);
        this.time = Objects.requireNonNull(time);
        this.reserve = Objects.requireNonNull(reserve);
        this.setbacks = fault.map(Setbacks.NONE::faulted).orElse(Setbacks.NONE);
    }

    /** Nothing is tried before so much time has passed, whatever wakes the run meanwhile. */
    Duration waitFor(Duration pause) {
        waiting = time.countdown(pause);
        return pause;
    }

    /** What is left of the time that is waited; empty if something may be tried. */
    Optional<Duration> waiting() {
        if (waiting != null && !waiting.isOver()) {
            // Woken by the files that its own tries leave, or by an engine that writes: waiting is what was decided.
            return Optional.of(waiting.left());
        }
        waiting = null;
        return Optional.empty();
    }

    /** What keeps this server from going on with the run; the first fault stays. */
    Optional<RunFailure> fault() {
        return setbacks.fault();
    }

    /** Why the run fails if nothing more is known. */
    RunFailure faultOrInternal() {
        return setbacks.fault().orElse(INTERNAL);
    }

    /** Whether result and records of the end are still written. */
    boolean endsWithFiles() {
        return setbacks.ending().withFiles();
    }

    boolean holdsSlot() {
        return setbacks.ending().holdsSlot();
    }

    void looked() {
        setbacks = setbacks.looked();
    }

    void judged() {
        setbacks = setbacks.judged();
    }

    void faulted(RunFailure failure) {
        setbacks = setbacks.faulted(failure);
    }

    void missing(String record) {
        faulted(new RunFailure(RunFailureCode.INTERNAL_ERROR, record));
    }

    /**
     * A step ended with a fault.
     *
     * @param startOver forgets what was begun, since it may have been cut off in the middle
     * @return how long to wait before the next step
     */
    Duration met(Throwable cause, Runnable startOver) {
        Setbacks.Reaction reaction = reaction(cause);
        setbacks = reaction.setbacks();
        switch (reaction.next()) {
            case LOOK_AGAIN -> {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "run run_id={0} waits, since {1}: {2}",
                        run,
                        cause.getMessage(),
                        String.valueOf(cause.getCause()));
                return waitFor(time.atMost(reaction.pause()));
            }
            case RECORD_AGAIN ->
                LOG.log(System.Logger.Level.WARNING, "run run_id=" + run + " can't be ended yet", cause);
            case END -> {
                LOG.log(
                        System.Logger.Level.ERROR,
                        "run run_id=" + run + " met a fault: "
                                + faultOrInternal().code(),
                        cause);
                startOver.run();
            }
        }
        if (!holdsSlot()) {
            LOG.log(System.Logger.Level.ERROR, "run run_id={0} cannot be ended; its slot is given free", run);
        }
        return waitFor(reaction.pause());
    }

    private Setbacks.Reaction reaction(Throwable cause) {
        if (cause instanceof StorageFaultException fault && fault.isLasting()) {
            return setbacks.failedForGood(IN_THE_WAY);
        }
        if (cause instanceof UnavailableException || cause instanceof UncheckedIOException) {
            Optional<RunFailure> overdue = time.isOver()
                    ? Optional.of(new RunFailure(RunFailureCode.TIMEOUT, "The run exceeded its hard timeout"))
                    : Optional.empty();
            return setbacks.missedLook(overdue, INTERNAL);
        }
        if (cause instanceof StorageFullException) {
            reserve.release();
            return setbacks.failed(new RunFailure(RunFailureCode.STORAGE_FULL, "The disk is full"));
        }
        if (cause instanceof OutOfMemoryError) {
            return setbacks.failed(
                    new RunFailure(RunFailureCode.INTERNAL_ERROR, "The run needed more memory than there is"));
        }
        if (cause instanceof StackOverflowError) {
            return setbacks.failed(new RunFailure(RunFailureCode.INTERNAL_ERROR, "The run was nested too deeply"));
        }
        return setbacks.failed(INTERNAL);
    }
}
