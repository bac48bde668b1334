package skillrunner.domain.problem;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A request that is turned away, with the reason. Holds no path of the server, no statement and no secret.
 *
 * @param code the stable reason
 * @param detail one sentence for people about this occurrence; cut if it is very long
 * @param errors the first {@value #MAX_ERRORS} wrong places, empty if the reason is not a place in the body
 * @param facts what else a program may want to know of the reason
 */
public record Refusal(ErrorCode code, String detail, List<FieldError> errors, Optional<RefusalFacts> facts) {
    /** So many wrong places are named at most. */
    public static final int MAX_ERRORS = 100;

    private static final int MAX_DETAIL = 2_000;

    /** Copies the list and refuses null parts. */
    public Refusal {
        Objects.requireNonNull(code);
        Objects.requireNonNull(detail);
        detail = Excerpt.of(detail, MAX_DETAIL);
        errors = List.copyOf(errors.subList(0, Math.min(MAX_ERRORS, errors.size())));
        Objects.requireNonNull(facts);
    }

    /**
     * A refusal for wrong places.
     *
     * @param code the stable reason
     * @param detail one sentence about this occurrence
     * @param errors the places
     */
    public Refusal(ErrorCode code, String detail, List<FieldError> errors) {
        this(code, detail, errors, Optional.empty());
    }

    /**
     * A refusal with facts for programs.
     *
     * @param code the stable reason
     * @param detail one sentence about this occurrence
     * @param facts the facts
     */
    public Refusal(ErrorCode code, String detail, RefusalFacts facts) {
        this(code, detail, List.of(), Optional.of(facts));
    }

    /**
     * A refusal that needs no more than a sentence.
     *
     * @param code the stable reason
     * @param detail one sentence about this occurrence
     * @return the refusal
     */
    public static Refusal of(ErrorCode code, String detail) {
        return new Refusal(code, detail, List.of());
    }

    /**
     * A request body with wrong places.
     *
     * @param errors the places, not empty
     * @return a refusal whose detail names the first place
     */
    public static Refusal invalid(List<FieldError> errors) {
        FieldError first = errors.get(0);
        String place = first.pointer().isEmpty() ? "" : first.pointer() + ": ";
        return new Refusal(ErrorCode.REQUEST_INVALID, place + first.detail(), errors);
    }

    /**
     * Throws this refusal.
     *
     * @return an exception to throw
     */
    public RefusedException toException() {
        return new RefusedException(this);
    }
}
