package skillrunner.application.run.interaction;

import java.util.List;
import skillrunner.domain.interaction.Interaction;
import skillrunner.domain.run.RunId;

/** Files beside a run that show its questions to people and programs. Never read again; what can't be written is logged. */
public interface InteractionMirror {
    /**
     * Shows the questions of a run.
     *
     * @param run the run
     * @param interactions all of its questions, by number
     */
    void show(RunId run, List<Interaction> interactions);
}
