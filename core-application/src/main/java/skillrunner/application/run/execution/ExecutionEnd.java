package skillrunner.application.run.execution;

import java.util.Objects;
import java.util.Optional;
import skillrunner.application.run.RunSignals;
import skillrunner.application.run.journal.KeepJournal;
import skillrunner.application.run.result.RunConclusion;
import skillrunner.application.storage.DiskReserve;
import skillrunner.domain.run.Attempt;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunRequest;
import skillrunner.domain.run.Verdict;

/** The end of one execution: the verdict is stored, then everything is let go of that was held for the run. Used by one thread. */
final class ExecutionEnd {
    private final Stage stage;
    private final RunConclusion conclusion;
    private final DiskReserve reserve;
    private final KeepJournal journal;
    private final RunSignals signals;
    private boolean reached;

    ExecutionEnd(Stage stage, RunConclusion conclusion, DiskReserve reserve, KeepJournal journal, RunSignals signals) {
        this.stage = Objects.requireNonNull(stage);
        this.conclusion = Objects.requireNonNull(conclusion);
        this.reserve = Objects.requireNonNull(reserve);
        this.journal = Objects.requireNonNull(journal);
        this.signals = Objects.requireNonNull(signals);
    }

    boolean isReached() {
        return reached;
    }

    /** Where an engine keeps running, what comes too late is left to the next look, for then the engine has to be looked after. */
    void conclude(Run run, Optional<RunRequest> request, Verdict verdict) {
        stage.abandonLongSteps();
        boolean keeps = verdict instanceof Verdict.Asks
                && stage.held().attempt().filter(Attempt::keepsEngine).isPresent();
        boolean stored = conclusion.conclude(run, request, verdict, stage.held().attempt());
        if (stored && keeps) {
            settled(run);
        } else if (stored || !(keeps || run.keepsEngine())) {
            over(run);
        }
    }

    void concludeWithoutFiles(Run run, Verdict verdict) {
        conclusion.concludeWithoutFiles(run, verdict);
        over(run);
    }

    /** Leaves a run to whoever has it now, by what is stored. */
    void letGo(Run run, Optional<Run> stored) {
        stage.held().releaseIfOver(run, stored);
        reached = true;
    }

    private void over(Run run) {
        stage.held().release(run);
        settled(run);
    }

    private void settled(Run run) {
        reached = true;
        reserve.restore();
        journal.settle(run.id());
        signals.wake(run.id());
    }
}
