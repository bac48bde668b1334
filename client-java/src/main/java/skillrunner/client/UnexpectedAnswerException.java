package skillrunner.client;

import java.io.IOException;
import java.util.Set;

/**
 * What answered said something that a Skill Runner of this version does not say: another program, a proxy, a redirect (none is ever
 * followed), a broken or endless body, or a version that is too old or too new.
 */
public final class UnexpectedAnswerException extends IOException {
    private static final long serialVersionUID = 1;
    private static final Set<Integer> PASSING = Set.of(502, 503, 504);

    private final int status;

    UnexpectedAnswerException(int status, String message) {
        super(message);
        this.status = status;
    }

    UnexpectedAnswerException(int status, String message, Throwable cause) {
        super(message, cause);
        this.status = status;
    }

    /**
     * Returns the status of the answer.
     *
     * @return the status
     */
    public int status() {
        return status;
    }

    /** Whether this is what a proxy says while the server behind it starts. */
    boolean passes() {
        return PASSING.contains(status);
    }
}
