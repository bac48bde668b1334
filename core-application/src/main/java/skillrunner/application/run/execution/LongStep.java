package skillrunner.application.run.execution;

import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import skillrunner.application.background.Errand;
import skillrunner.domain.run.RunId;

/**
 * A step of a run that may take long, so that it is done on a thread of its own while the run is stepped on. Used by one
 * thread.
 *
 * @param <T> what it comes to
 */
final class LongStep<T> {
    private final RunErrands errands;
    private final RunId run;
    private final String name;
    private @Nullable Errand<T> errand;

    LongStep(RunErrands errands, RunId run, String name) {
        this.errands = Objects.requireNonNull(errands);
        this.run = Objects.requireNonNull(run);
        this.name = Objects.requireNonNull(name);
    }

    boolean isUnderWay() {
        return errand != null;
    }

    /**
     * Starts the work unless it is under way, and asks for its result. What the work throws is thrown here; it starts anew
     * when it is asked for again.
     *
     * @return the result, or empty while the work goes on
     */
    Optional<T> result(Callable<T> work) {
        Errand<T> begun = errand;
        if (begun == null) {
            begun = errands.start(name + "-" + run, work, run);
            errand = begun;
        }
        return ask(begun);
    }

    /** Tells whether work was begun and is not done yet. What it throws is thrown here. */
    boolean goesOn() {
        return errand != null && ask(errand).isEmpty();
    }

    private Optional<T> ask(Errand<T> begun) {
        try {
            return begun.result();
        } catch (RuntimeException | Error e) {
            errand = null;
            throw e;
        }
    }

    /** Gives the work up; a result that is there already stays. */
    void abandon() {
        if (errand != null) {
            errand.abandon();
        }
    }

    /** Gives the work up, so that it starts anew when it is asked for again. */
    void startOver() {
        abandon();
        errand = null;
    }
}
