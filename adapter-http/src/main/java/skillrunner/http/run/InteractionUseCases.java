package skillrunner.http.run;

import java.util.Objects;
import skillrunner.application.run.FindRun;
import skillrunner.application.run.interaction.AnswerQuestion;
import skillrunner.application.run.interaction.FindPending;

/**
 * What is done with the questions of runs.
 *
 * @param find looks runs up
 * @param pending tells what a run asks
 * @param answer takes answers
 */
public record InteractionUseCases(FindRun find, FindPending pending, AnswerQuestion answer) {
    /** Refuses null parts. */
    public InteractionUseCases {
        Objects.requireNonNull(find);
        Objects.requireNonNull(pending);
        Objects.requireNonNull(answer);
    }
}
