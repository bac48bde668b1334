package skillrunner.e2eclient.web;

import java.util.Objects;

/** The example client itself refuses a request. */
public final class RefusedException extends RuntimeException {
    private static final int BAD_REQUEST = 400;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int TOO_LARGE = 413;
    private static final int WRONG_TYPE = 415;
    private static final int MISDIRECTED = 421;
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final String detail;

    private RefusedException(int status, String code, String detail) {
        super(code + ": " + detail);
        this.status = status;
        this.code = Objects.requireNonNull(code);
        this.detail = Objects.requireNonNull(detail);
    }

    /**
     * Refuses what is not asked as it should be.
     *
     * @param detail what is wrong
     * @return what to throw
     */
    public static RefusedException invalid(String detail) {
        return new RefusedException(BAD_REQUEST, "REQUEST_INVALID", detail);
    }

    /**
     * Tells that something is not there.
     *
     * @param detail what is not there
     * @return what to throw
     */
    public static RefusedException notFound(String detail) {
        return new RefusedException(NOT_FOUND, "NOT_FOUND", detail);
    }

    static RefusedException foreignOrigin() {
        return new RefusedException(FORBIDDEN, "ORIGIN_FOREIGN", "A page of another origin may not send this request");
    }

    static RefusedException unknownHost() {
        return new RefusedException(
                MISDIRECTED,
                "HOST_UNKNOWN",
                "The Host header names a host that is not served here; see SKILL_RUNNER_ALLOWED_HOSTS");
    }

    static RefusedException tooLarge(long limit) {
        return new RefusedException(TOO_LARGE, "BODY_TOO_LARGE", "More than " + limit + " bytes are not taken");
    }

    static RefusedException wrongType(String wanted) {
        return new RefusedException(WRONG_TYPE, "CONTENT_TYPE_UNSUPPORTED", "The body must be " + wanted);
    }

    /**
     * Returns the HTTP status.
     *
     * @return 400 to 499
     */
    public int status() {
        return status;
    }

    /**
     * Returns the stable name of the reason.
     *
     * @return upper case
     */
    public String code() {
        return code;
    }

    /**
     * Returns what is wrong.
     *
     * @return one sentence
     */
    public String detail() {
        return detail;
    }
}
