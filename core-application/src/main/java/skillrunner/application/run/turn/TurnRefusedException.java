package skillrunner.application.run.turn;

import java.util.List;
import skillrunner.domain.problem.FieldError;
import skillrunner.domain.run.RunFailure;
import skillrunner.domain.run.RunFailureCode;

/** A turn that can't be started; becomes the run's failure. */
public final class TurnRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final RunFailureCode code;
    private final transient List<FieldError> places;

    TurnRefusedException(RunFailureCode code, String message) {
        this(code, message, List.of());
    }

    TurnRefusedException(RunFailureCode code, String message, List<FieldError> places) {
        super(message);
        this.code = code;
        this.places = List.copyOf(places);
    }

    /**
     * Says why.
     *
     * @return the failure of the run
     */
    public RunFailure failure() {
        return new RunFailure(code, String.valueOf(getMessage()));
    }

    /** Says why to somebody who has no run yet. */
    ForeseenFailure foreseen() {
        return new ForeseenFailure(code, String.valueOf(getMessage()), places);
    }
}
