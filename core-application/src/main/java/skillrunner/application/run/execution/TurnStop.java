package skillrunner.application.run.execution;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import skillrunner.application.run.output.Written;
import skillrunner.application.storage.DiskReserve;
import skillrunner.domain.run.Attempt;
import skillrunner.domain.run.RetryPolicy;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunFailure;
import skillrunner.domain.run.RunFailureCode;
import skillrunner.domain.run.RunId;
import skillrunner.domain.run.StopPolicy;

/**
 * Ends the engine of one attempt before it ends by itself: has it decided why, and tries it as often as it is worth it. Used
 * by one thread; blocks while it ends processes.
 */
final class TurnStop {
    private static final System.Logger LOG = System.getLogger(TurnStop.class.getName());

    private final RunId run;
    private final TurnProcess process;
    private final TurnUsage usage;
    private final DiskReserve reserve;
    private final TurnTime time;
    private final long shortagesBefore;
    private int failures;

    TurnStop(RunId run, TurnProcess process, TurnUsage usage, DiskReserve reserve, TurnTime time) {
        this.run = Objects.requireNonNull(run);
        this.process = Objects.requireNonNull(process);
        this.usage = Objects.requireNonNull(usage);
        this.reserve = Objects.requireNonNull(reserve);
        this.time = Objects.requireNonNull(time);
        this.shortagesBefore = reserve.shortages();
    }

    /**
     * Decides, and stores what was decided. Whoever worked while the disk was full may have lost bytes; that is remembered
     * where a restart finds it.
     *
     * @param works whether the engine works
     * @param closed whether it has closed its turn in time and only has to end
     * @param fault what keeps this server from going on with the run
     * @return why the engine is ended, or why what it has written is spoiled; empty while there is no reason
     */
    Optional<RunFailureCode> reason(Run present, boolean works, boolean closed, Optional<RunFailure> fault) {
        Optional<Attempt> attempt = process.attempt();
        boolean unproven = attempt.isPresent() && attempt.get().receipt().isEmpty();
        boolean diskWasFull = unproven && (reserve.exhausted() || reserve.shortages() != shortagesBefore);
        if (diskWasFull) {
            reserve.release();
        }
        Optional<RunFailureCode> reason = StopPolicy.reason(new StopPolicy.Facts(
                attempt.flatMap(Attempt::stopReason),
                works,
                present.cancelRequested(),
                fault,
                diskWasFull,
                unproven ? usage.breach(works) : Optional.empty(),
                works && !closed && attempt.filter(it -> time.hard(it).isOver()).isPresent()));
        reason.ifPresent(process::decideToStop);
        return reason;
    }

    /** What the run had written when it was last decided that an engine that works goes on. */
    Written written() {
        return usage.written();
    }

    /** Ends the processes. @return how long to wait before the next try; empty if they were ended or that is given up */
    Optional<Duration> end(RunFailureCode reason) {
        LOG.log(System.Logger.Level.INFO, "run run_id={0} is being stopped: {1}", run, reason);
        int left = StopPolicy.endsAtOnce(reason) ? process.kill() : process.stop();
        if (left == 0) {
            failures = 0;
            return Optional.empty();
        }
        Optional<Duration> pause = failed();
        LOG.log(
                System.Logger.Level.ERROR,
                "run run_id={0}: {1} processes could not be ended{2}",
                run,
                left,
                pause.isPresent() ? "; trying again" : ", which is given up");
        return pause;
    }

    /** Whether the processes could not be ended, however often that was tried. */
    boolean isGivenUp() {
        return failures > 0 && RetryPolicy.STOP.pauseAfter(failures).isEmpty();
    }

    /** Ends the processes as well as it goes, whatever fails. @return how long to wait before the next try; empty once it is done or given up */
    Optional<Duration> endAnyway() {
        return !process.mayHaveStarted() || isEnded() ? Optional.empty() : failed();
    }

    private boolean isEnded() {
        try {
            return process.stop() == 0;
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "run run_id=" + run + ": its processes can't be ended", e);
            return false;
        }
    }

    private Optional<Duration> failed() {
        failures++;
        return RetryPolicy.STOP.pauseAfter(failures);
    }

    void abandon() {
        usage.abandon();
    }
}
