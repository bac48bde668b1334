package skillrunner.application.run.execution;

import java.util.Objects;
import java.util.concurrent.Callable;
import skillrunner.application.background.BackgroundTasks;
import skillrunner.application.background.Errand;
import skillrunner.application.run.RunSignals;
import skillrunner.domain.run.RunId;

/** Starts what may take long in a run on threads of its own and wakes the run when it is done. Safe for concurrent use. */
public final class RunErrands {
    private final BackgroundTasks background;
    private final RunSignals signals;

    /**
     * Works in the background.
     *
     * @param background gives the threads
     * @param signals wake a run
     */
    public RunErrands(BackgroundTasks background, RunSignals signals) {
        this.background = Objects.requireNonNull(background);
        this.signals = Objects.requireNonNull(signals);
    }

    <T> Errand<T> start(String name, Callable<T> work, RunId run) {
        return Errand.start(background, name, work, () -> signals.wake(run));
    }
}
