package skillrunner.client;

import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The server refused, and said why in a problem document (RFC 9457). */
public final class ProblemException extends IOException {
    private static final long serialVersionUID = 1;

    /** What passes by itself: the same call may work a little later. */
    private static final Set<String> PASSING =
            Set.of("SERVER_BUSY", "STREAMS_EXHAUSTED", "STORAGE_UNAVAILABLE", "REQUEST_TOO_SLOW");

    private final int status;
    private final transient Map<String, Object> members;
    private final transient Optional<Duration> retryAfter;

    ProblemException(int status, Map<String, Object> members, Optional<Duration> retryAfter) {
        super(text(members, "detail").orElseGet(() -> text(members, "title").orElse("refused with " + status)));
        this.status = status;
        this.members = Collections.unmodifiableMap(members);
        this.retryAfter = Objects.requireNonNull(retryAfter);
    }

    /**
     * A wrong place in what was sent.
     *
     * @param pointer a JSON pointer into the body, or / and the name of a parameter
     * @param detail what is wrong there
     */
    public record FieldError(String pointer, String detail) {}

    /**
     * Returns the status of the answer.
     *
     * @return 400 to 599
     */
    public int status() {
        return status;
    }

    /**
     * Returns the stable word for the reason, as docs/errors.md lists them.
     *
     * @return the code
     */
    public String code() {
        return text(members, "code").orElse("");
    }

    /**
     * Returns what the code means, in a few words.
     *
     * @return the title
     */
    public String title() {
        return text(members, "title").orElse("");
    }

    /**
     * Returns a sentence for people.
     *
     * @return the detail
     */
    public String detail() {
        return Objects.requireNonNull(getMessage());
    }

    /**
     * Returns all wrong places in what was sent.
     *
     * @return the places; empty if the refusal is about something else
     */
    public List<FieldError> errors() {
        return members.get("errors") instanceof List<?> all
                ? all.stream().flatMap(ProblemException::fieldError).toList()
                : List.of();
    }

    /**
     * Returns the whole document, with what is said beside the members above.
     *
     * @return the members by name
     */
    public Map<String, Object> members() {
        return members;
    }

    /**
     * Returns how long to wait before the next try, if the server says so.
     *
     * @return the time
     */
    public Optional<Duration> retryAfter() {
        return retryAfter;
    }

    /** Whether the same call may work a little later without anybody doing anything. */
    boolean passes() {
        return PASSING.contains(code());
    }

    private static Stream<FieldError> fieldError(Object one) {
        return one instanceof Map<?, ?> error
                        && error.get("pointer") instanceof String pointer
                        && error.get("detail") instanceof String detail
                ? Stream.of(new FieldError(pointer, detail))
                : Stream.empty();
    }

    private static Optional<String> text(Map<String, Object> members, String name) {
        return members.get(name) instanceof String text && !text.isBlank() ? Optional.of(text) : Optional.empty();
    }
}
