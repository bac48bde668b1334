package skillrunner.application.run.turn;

import skillrunner.domain.run.RunFailure;
import skillrunner.domain.run.RunFailureCode;

/** A turn that can't be started; becomes the run's failure. */
public final class TurnRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final RunFailureCode code;

    TurnRefusedException(RunFailureCode code, String message) {
        super(message);
        this.code = code;
    }

    /**
     * Says why.
     *
     * @return the failure of the run
     */
    public RunFailure failure() {
        return new RunFailure(code, String.valueOf(getMessage()));
    }
}
