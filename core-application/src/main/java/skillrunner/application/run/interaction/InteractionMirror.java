package skillrunner.application.run.interaction;

import skillrunner.domain.run.RunId;

/**
 * Files beside a run that show its questions to people and programs. Never read again; what can't be written is logged, and
 * nothing is written for a run whose folder is gone.
 */
public interface InteractionMirror {
    /**
     * Shows the questions of a run. Not to be called by two threads at once for one run.
     *
     * @param run the run
     * @param state where it stands
     */
    void show(RunId run, InteractiveState state);
}
