package skillrunner.application.run.execution;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import skillrunner.domain.run.Attempt;
import skillrunner.domain.run.Run;

/** What an execution holds of an attempt at every stage: what it took at its beginning, its process, and the way to end that. Used by one thread. */
final class HeldAttempt {
    private final TurnBeginning beginning;
    private final TurnProcess process;
    private final TurnStop stop;
    private final RunSetbacks setbacks;

    HeldAttempt(TurnBeginning beginning, TurnProcess process, TurnStop stop, RunSetbacks setbacks) {
        this.beginning = Objects.requireNonNull(beginning);
        this.process = Objects.requireNonNull(process);
        this.stop = Objects.requireNonNull(stop);
        this.setbacks = Objects.requireNonNull(setbacks);
    }

    TurnBeginning beginning() {
        return beginning;
    }

    TurnProcess process() {
        return process;
    }

    TurnStop stop() {
        return stop;
    }

    RunSetbacks setbacks() {
        return setbacks;
    }

    /** The attempt as it is stored, with the receipt if its output is proven. */
    Optional<Attempt> attempt() {
        return process.attempt();
    }

    /** Ends the processes as well as it goes. @return how long to wait before the next try; empty once it is done or given up */
    Optional<Duration> endAnyway() {
        return stop.endAnyway().map(setbacks::waitFor);
    }

    void release(Run run) {
        beginning.release(run);
    }

    /** Lets go of what the attempt holds if, by what is stored, its run has ended or is gone. */
    void releaseIfOver(Run run, Optional<Run> stored) {
        beginning.releaseIfOver(run, stored);
    }
}
