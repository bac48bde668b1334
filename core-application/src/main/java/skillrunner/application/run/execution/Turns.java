package skillrunner.application.run.execution;

import java.util.Objects;
import skillrunner.application.run.interaction.Interactions;
import skillrunner.application.storage.DiskReserve;
import skillrunner.domain.run.Run;

/** Opens the attempts of runs, each with its parts. Safe for concurrent use. */
public final class Turns {
    private final TurnBeginnings beginnings;
    private final TurnProcesses processes;
    private final TurnOutputs outputs;
    private final TurnUsages usages;
    private final TurnStalls stalls;
    private final TurnEndings endings;
    private final Interactions interactions;
    private final DiskReserve reserve;

    /**
     * Opens attempts of these parts.
     *
     * @param beginnings prepare them
     * @param processes start, look at and end what they run
     * @param outputs read what they write
     * @param usages look at what they take of the machine
     * @param stalls look whether they say nothing
     * @param endings have them proven and judged
     * @param interactions tell how long engines are kept
     * @param reserve tells when the disk is full
     */
    public Turns(
            TurnBeginnings beginnings,
            TurnProcesses processes,
            TurnOutputs outputs,
            TurnUsages usages,
            TurnStalls stalls,
            TurnEndings endings,
            Interactions interactions,
            DiskReserve reserve) {
        this.beginnings = Objects.requireNonNull(beginnings);
        this.processes = Objects.requireNonNull(processes);
        this.outputs = Objects.requireNonNull(outputs);
        this.usages = Objects.requireNonNull(usages);
        this.stalls = Objects.requireNonNull(stalls);
        this.endings = Objects.requireNonNull(endings);
        this.interactions = Objects.requireNonNull(interactions);
        this.reserve = Objects.requireNonNull(reserve);
    }

    /**
     * A run's present attempt.
     *
     * @param resumed whether an earlier server may have started its process
     * @param time how much time it has left
     * @param setbacks what keeps it from going on
     */
    Turn of(Run run, boolean resumed, TurnTime time, RunSetbacks setbacks) {
        TurnProcess process = processes.of(run, resumed || run.goesOnWithEngine());
        TurnOutput output = outputs.of(run, process.files());
        TurnUsage usage = usages.of(run, process);
        TurnEnding ending = endings.of(run, process, output, usage);
        TurnStop stop = new TurnStop(run.id(), process, usage, reserve, time);
        return new Turn(
                new HeldAttempt(beginnings.of(run, resumed), process, stop, setbacks),
                output,
                stalls.of(run, process),
                endings.pause(run, process, output, ending, time),
                ending,
                time);
    }

    /**
     * The time in which a run's engine keeps running for an answer.
     *
     * @param resumed whether an earlier server was the last to see it
     * @param time how much time it has left
     * @param setbacks what keeps it from going on
     */
    KeptWait waiting(Run run, boolean resumed, TurnTime time, RunSetbacks setbacks) {
        TurnProcess process = processes.of(run, true);
        TurnUsage usage = usages.of(run, process);
        TurnStop stop = new TurnStop(run.id(), process, usage, reserve, time);
        return new KeptWait(
                new HeldAttempt(beginnings.of(run, true), process, stop, setbacks),
                outputs.of(run, process.files()),
                usage,
                time,
                interactions,
                !resumed);
    }
}
