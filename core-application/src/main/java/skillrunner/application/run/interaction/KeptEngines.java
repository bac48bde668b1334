package skillrunner.application.run.interaction;

import skillrunner.domain.run.Run;

/** Looks after the engines that keep running while their runs wait. Implementations are safe for concurrent use. */
@FunctionalInterface
public interface KeptEngines {
    /**
     * Tells whether an engine is there to take an answer.
     *
     * @param run a run that waits, and whose engine keeps running for that
     * @return false if the engine is gone, or is being ended
     */
    boolean takeAnswer(Run run);
}
