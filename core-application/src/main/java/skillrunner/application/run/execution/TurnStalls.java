package skillrunner.application.run.execution;

import java.time.Clock;
import java.util.Objects;
import skillrunner.application.run.RunSignals;
import skillrunner.application.run.RunStalls;
import skillrunner.application.time.MonotonicClock;
import skillrunner.domain.run.Run;

/** Looks for attempts that say nothing. Safe for concurrent use. */
public final class TurnStalls {
    final TurnOutputs outputs;
    final RunStalls stalls;
    final RunSignals signals;
    final MonotonicClock time;
    final Clock wall;

    /**
     * Looks by what is written and computed.
     *
     * @param outputs say how much was written, and what
     * @param stalls keep what was seen
     * @param signals tell those who follow the run
     * @param time measures silence
     * @param wall says since when
     */
    public TurnStalls(TurnOutputs outputs, RunStalls stalls, RunSignals signals, MonotonicClock time, Clock wall) {
        this.outputs = Objects.requireNonNull(outputs);
        this.stalls = Objects.requireNonNull(stalls);
        this.signals = Objects.requireNonNull(signals);
        this.time = Objects.requireNonNull(time);
        this.wall = Objects.requireNonNull(wall);
    }

    /** The silence of a run's present attempt. */
    TurnStall of(Run run, TurnProcess process) {
        return new TurnStall(this, run.id(), process);
    }
}
