package skillrunner.domain.run;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * What has kept a run from going on so far. Only what is known to be over is over: what could not be looked at is looked at
 * again for a while, then the run gets a fault and is ended, and what can't even be ended is tried as {@link EndingPolicy}
 * says. A value; each setback makes a new one.
 *
 * @param fault what keeps this server from going on with the run; wins over whatever the engine answered
 * @param missedLooks how many looks failed in a row
 * @param failedEnds how often ending the run has failed
 * @param verdictStands whether the verdict is known, so that only its record is missing
 */
public record Setbacks(Optional<RunFailure> fault, int missedLooks, int failedEnds, boolean verdictStands) {
    /** Nothing has gone wrong. */
    public static final Setbacks NONE = new Setbacks(Optional.empty(), 0, 0, false);

    /** What is done after a setback. */
    public enum Next {
        /** Look again after the pause. */
        LOOK_AGAIN,
        /** Write the record of the verdict again after the pause. */
        RECORD_AGAIN,
        /** Forget what was begun, since it may have been cut off in the middle, and end the run after the pause. */
        END
    }

    /**
     * A setback and what follows.
     *
     * @param setbacks all setbacks with it
     * @param next what is done
     * @param pause how long to wait before
     */
    public record Reaction(Setbacks setbacks, Next next, Duration pause) {}

    /** Refuses null parts. */
    public Setbacks {
        Objects.requireNonNull(fault);
    }

    /**
     * A look succeeded.
     *
     * @return what is left of the setbacks
     */
    public Setbacks looked() {
        return missedLooks == 0 ? this : new Setbacks(fault, 0, failedEnds, verdictStands);
    }

    /**
     * The verdict is known.
     *
     * @return the setbacks with that
     */
    public Setbacks judged() {
        return verdictStands ? this : new Setbacks(fault, missedLooks, failedEnds, true);
    }

    /**
     * The run can't be gone on with. The first fault stays.
     *
     * @param failure why
     * @return the setbacks with it
     */
    public Setbacks faulted(RunFailure failure) {
        return fault.isPresent() ? this : new Setbacks(Optional.of(failure), missedLooks, failedEnds, verdictStands);
    }

    /**
     * A file, a process or the database could not be looked at now.
     *
     * @param overdue the failure of a run whose hard timeout has passed meanwhile
     * @param givenUp the failure of a run that was waited for long enough
     * @return what follows
     */
    public Reaction missedLook(Optional<RunFailure> overdue, RunFailure givenUp) {
        if (verdictStands) {
            return failedEnd(Next.RECORD_AGAIN);
        }
        Setbacks missed = new Setbacks(fault, missedLooks + 1, failedEnds, false);
        Optional<Duration> pause = RetryPolicy.LOOK.pauseAfter(missed.missedLooks);
        if (pause.isEmpty() || fault.isPresent()) {
            return missed.failed(givenUp);
        }
        return overdue.map(missed::failed).orElseGet(() -> new Reaction(missed, Next.LOOK_AGAIN, pause.get()));
    }

    /**
     * A step failed in a way that looking again does not mend.
     *
     * @param failure why
     * @return what follows
     */
    public Reaction failed(RunFailure failure) {
        return fault.isPresent() ? failedEnd(Next.END) : new Reaction(faulted(failure), Next.END, Duration.ZERO);
    }

    /**
     * A step failed in a way that neither looking nor trying again mends. The end is tried once with the run's files; where they
     * are what fails, its row alone tells of it.
     *
     * @param failure why
     * @return what follows
     */
    public Reaction failedForGood(RunFailure failure) {
        if (fault.isEmpty() && !verdictStands) {
            return failed(failure);
        }
        int failures = Math.max(failedEnds, EndingPolicy.FAILURES_WITH_FILES);
        return new Setbacks(fault, missedLooks, failures, verdictStands)
                .faulted(failure)
                .failedEnd(Next.END);
    }

    private Reaction failedEnd(Next next) {
        Setbacks failed = new Setbacks(fault, missedLooks, failedEnds + 1, verdictStands);
        return new Reaction(failed, next, failed.ending().pause());
    }

    /**
     * Says how the run is ended by now.
     *
     * @return what is still written, and whether its slot is kept meanwhile
     */
    public EndingPolicy.Next ending() {
        return EndingPolicy.after(failedEnds);
    }
}
