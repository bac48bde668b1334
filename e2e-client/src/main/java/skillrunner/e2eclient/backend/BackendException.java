package skillrunner.e2eclient.backend;

import java.util.List;
import java.util.Objects;

/** The server refused a request, could not be asked, or answered with what is no answer. */
public final class BackendException extends RuntimeException {
    /** Code of a server that could not be asked. */
    public static final String UNREACHABLE = "BACKEND_UNREACHABLE";

    /** Code of an answer that can't be used. */
    public static final String UNUSABLE = "BACKEND_ANSWER_UNUSABLE";

    /** Code of a refusal that names none of its own. */
    public static final String REFUSED = "BACKEND_REFUSED";

    private static final int BAD_GATEWAY = 502;
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final String detail;
    private final transient List<Fault> faults;

    /**
     * A field that was wrong.
     *
     * @param pointer where it stands in the request
     * @param detail what is wrong with it
     */
    public record Fault(String pointer, String detail) {
        /** Refuses null parts. */
        public Fault {
            Objects.requireNonNull(pointer);
            Objects.requireNonNull(detail);
        }
    }

    private BackendException(int status, String code, String detail, List<Fault> faults) {
        super(status + " " + code + ": " + detail);
        this.status = status;
        this.code = code;
        this.detail = detail;
        this.faults = List.copyOf(faults);
    }

    static BackendException refused(int status, String code, String detail, List<Fault> faults) {
        return new BackendException(status, code, detail, faults);
    }

    static BackendException unreachable(String detail) {
        return new BackendException(BAD_GATEWAY, UNREACHABLE, detail, List.of());
    }

    /**
     * Tells of an answer that can't be used.
     *
     * @param detail what is wrong with it
     * @return what to throw
     */
    public static BackendException unusable(String detail) {
        return new BackendException(BAD_GATEWAY, UNUSABLE, detail, List.of());
    }

    /**
     * Returns the status to answer with.
     *
     * @return that of the server's refusal, or 502
     */
    public int status() {
        return status;
    }

    /**
     * Returns the stable name of the reason.
     *
     * @return that of the server's refusal, or one of the names here
     */
    public String code() {
        return code;
    }

    /**
     * Returns what happened, in words.
     *
     * @return plain text, bounded
     */
    public String detail() {
        return detail;
    }

    /**
     * Returns what was wrong with the request, field by field.
     *
     * @return as far as the server said so
     */
    public List<Fault> faults() {
        return faults;
    }

    /**
     * Tells whether there was no server to refuse anything.
     *
     * @return true if it could not be asked, or did not answer in time
     */
    public boolean isUnreachable() {
        return code.equals(UNREACHABLE);
    }
}
