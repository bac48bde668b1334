package skillrunner.application.run.execution;

import java.time.Duration;
import java.util.Optional;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunRequest;
import skillrunner.domain.run.Verdict;

/** What an execution carries to its end: a turn, or the time in which an engine that keeps running waits for an answer. Used by one thread. */
interface Stage extends AutoCloseable {
    /** What a step comes to. */
    sealed interface Next {
        /** Something has changed: look at once. */
        record Again() implements Next {}

        /** Look after a pause, unless something wakes the run. */
        record Later(Duration pause) implements Next {}

        /** It is over, and judged. */
        record Over(Verdict verdict) implements Next {}
    }

    /**
     * Does what can be done now.
     *
     * @param run as it is stored
     * @param request its request; empty only if there is a fault
     */
    Next next(Run run, Optional<RunRequest> request);

    /** What stays the same from stage to stage. */
    HeldAttempt held();

    void abandonLongSteps();

    /** Forgets what was begun: it may have been cut off in the middle. */
    void startOver();

    @Override
    void close();
}
