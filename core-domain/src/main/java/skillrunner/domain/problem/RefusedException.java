package skillrunner.domain.problem;

import java.util.List;

/** Leaves a use case when a request is refused. Not logged: it is an answer, not a fault. */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    /**
     * Wraps a refusal.
     *
     * @param refusal what to answer
     */
    public RefusedException(Refusal refusal) {
        super(refusal.code() + ": " + refusal.detail());
        this.refusal = refusal;
    }

    /**
     * A refusal that needs no more than a sentence.
     *
     * @param code the stable reason
     * @param detail one sentence about this occurrence
     */
    public RefusedException(ErrorCode code, String detail) {
        this(Refusal.of(code, detail));
    }

    /**
     * One wrong place in the request body.
     *
     * @param pointer JSON pointer to the place
     * @param detail what is wrong there
     * @return the exception to throw
     */
    public static RefusedException invalid(String pointer, String detail) {
        return Refusal.invalid(List.of(new FieldError(pointer, detail))).toException();
    }

    /**
     * Returns what to answer.
     *
     * @return the refusal
     */
    public Refusal refusal() {
        return refusal;
    }
}
