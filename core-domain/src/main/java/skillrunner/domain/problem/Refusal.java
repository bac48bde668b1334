package skillrunner.domain.problem;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A request that is turned away, with the reason. Holds no path of the server, no statement and no secret.
 *
 * @param code the stable reason
 * @param detail one sentence for people about this occurrence; cut if it is very long
 * @param errors the first {@value #MAX_ERRORS} wrong places, empty if the reason is not a place in the body
 * @param members extra facts that belong beside the reason on the wire, by wire name
 */
public record Refusal(ErrorCode code, String detail, List<FieldError> errors, Map<String, Object> members) {
    /** So many wrong places are named at most. */
    public static final int MAX_ERRORS = 100;

    private static final int MAX_DETAIL = 2_000;
    private static final int MAX_MEMBER = 200;

    /** Copies the collections and refuses null parts. */
    public Refusal {
        Objects.requireNonNull(code);
        Objects.requireNonNull(detail);
        detail = Excerpt.of(detail, MAX_DETAIL);
        errors = List.copyOf(errors.subList(0, Math.min(MAX_ERRORS, errors.size())));
        Map<String, Object> cut = new LinkedHashMap<>(members);
        cut.replaceAll((name, value) -> value instanceof String text ? Excerpt.of(text, MAX_MEMBER) : value);
        members = Collections.unmodifiableMap(cut);
    }

    /**
     * A refusal that needs no more than a sentence.
     *
     * @param code the stable reason
     * @param detail one sentence about this occurrence
     * @return the refusal
     */
    public static Refusal of(ErrorCode code, String detail) {
        return new Refusal(code, detail, List.of(), Map.of());
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
        return new Refusal(ErrorCode.REQUEST_INVALID, place + first.detail(), errors, Map.of());
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
