package skillrunner.application.run.execution;

import java.util.Objects;
import skillrunner.application.run.turn.TurnJudge;
import skillrunner.domain.run.Run;

/** Has ended attempts proven and judged. Safe for concurrent use. */
public final class TurnEndings {
    final TurnOutputs outputs;
    final TurnJudge judge;
    final TurnRecall recall;
    private final RunErrands errands;

    /**
     * Proves and judges on threads of their own.
     *
     * @param outputs prove what was written
     * @param judge says what it came to
     * @param recall finds out more where too little was said
     * @param errands give the threads
     */
    public TurnEndings(TurnOutputs outputs, TurnJudge judge, TurnRecall recall, RunErrands errands) {
        this.outputs = Objects.requireNonNull(outputs);
        this.judge = Objects.requireNonNull(judge);
        this.recall = Objects.requireNonNull(recall);
        this.errands = Objects.requireNonNull(errands);
    }

    /** The end of the present attempt of a run whose engine keeps running. */
    TurnPause pause(Run run, TurnProcess process, TurnOutput output, TurnEnding ending, TurnTime time) {
        return new TurnPause(
                this,
                run,
                process,
                output,
                ending,
                time,
                new LongStep<>(errands, run.id(), "judge-question"),
                new LongStep<>(errands, run.id(), "prove-question"));
    }

    /** The ending of a run's present attempt, which wrote something and took something of the machine. */
    TurnEnding of(Run run, TurnProcess process, TurnOutput output, TurnUsage usage) {
        return new TurnEnding(
                this,
                run,
                process,
                output,
                usage,
                new LongStep<>(errands, run.id(), "prove"),
                new LongStep<>(errands, run.id(), "judge"),
                new LongStep<>(errands, run.id(), "tell"));
    }
}
