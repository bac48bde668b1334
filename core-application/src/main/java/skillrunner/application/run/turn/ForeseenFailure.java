package skillrunner.application.run.turn;

import java.util.List;
import java.util.Objects;
import skillrunner.domain.problem.FieldError;
import skillrunner.domain.run.RunFailureCode;

/**
 * What a run would fail with before its engine starts.
 *
 * @param code the code the run would end with
 * @param detail why, for people
 * @param places the places in the request that cause it; empty if it is none of the client's values
 */
public record ForeseenFailure(RunFailureCode code, String detail, List<FieldError> places) {
    /** Copies the list and refuses null parts. */
    public ForeseenFailure {
        Objects.requireNonNull(code);
        Objects.requireNonNull(detail);
        places = List.copyOf(places);
    }
}
