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
 * @param detail one sentence for people about this occurrence
 * @param errors the wrong places, empty if the reason is not a place in the body
 * @param members extra facts that belong beside the reason on the wire, by wire name
 */
public record Refusal(ErrorCode code, String detail, List<FieldError> errors, Map<String, Object> members) {
    /** Copies the collections and refuses null parts. */
    public Refusal {
        Objects.requireNonNull(code);
        Objects.requireNonNull(detail);
        errors = List.copyOf(errors);
        members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
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
