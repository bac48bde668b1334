package skillrunner.mcp.tool;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import skillrunner.domain.json.JsonPointer;
import skillrunner.domain.problem.FieldError;
import skillrunner.domain.problem.Refusal;
import skillrunner.domain.run.RequestId;

/** Reads the arguments of a call one by one and collects everything that is wrong with them. Used for one call. */
final class Findings {
    private final Map<String, ? extends @Nullable Object> arguments;
    private final List<FieldError> errors = new ArrayList<>();

    Findings(Map<String, ? extends @Nullable Object> arguments) {
        this.arguments = arguments;
    }

    void allowOnly(Set<String> names) {
        Set<String> unknown = new TreeSet<>(arguments.keySet());
        unknown.removeAll(names);
        unknown.stream()
                .limit(Refusal.MAX_ERRORS)
                .forEach(name -> wrong(
                        JsonPointer.member("", name),
                        "unknown argument; known are " + names.stream().sorted().collect(Collectors.joining(", "))));
    }

    /** A text; null counts as absent. */
    Optional<String> text(String name) {
        Object value = arguments.get(name);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof String text) {
            return Optional.of(text);
        }
        wrong(JsonPointer.member("", name), "must be a string");
        return Optional.empty();
    }

    /** A whole number within bounds; null counts as absent. */
    Optional<Integer> number(String name, int least, int most) {
        Object value = arguments.get(name);
        if (value == null) {
            return Optional.empty();
        }
        Optional<Integer> whole = value instanceof Number number ? whole(number) : Optional.empty();
        if (whole.isPresent() && whole.get() >= least && whole.get() <= most) {
            return whole;
        }
        wrong(JsonPointer.member("", name), "must be a whole number from " + least + " to " + most);
        return Optional.empty();
    }

    /** JSON has one kind of numbers: 5.0 is as whole as 5. */
    private static Optional<Integer> whole(Number number) {
        try {
            return Optional.of(new BigDecimal(number.toString()).intValueExact());
        } catch (ArithmeticException e) {
            return Optional.empty();
        }
    }

    /** An object; null counts as absent, and what is absent as empty. */
    Map<String, Object> object(String name) {
        Object value = arguments.get(name);
        if (value == null) {
            return Map.of();
        }
        if (value instanceof Map<?, ?>) {
            return Plain.object(value);
        }
        wrong(JsonPointer.member("", name), "must be an object");
        return Map.of();
    }

    /** The id of a request, which has to be there. */
    Optional<RequestId> request() {
        Optional<String> text = text("request_id");
        Optional<RequestId> id = text.flatMap(RequestId::parse);
        if (id.isEmpty() && errors.isEmpty()) {
            wrong("/request_id", "must be the request_id that a call answered");
        }
        return id;
    }

    void wrong(String pointer, String detail) {
        errors.add(new FieldError(pointer, detail));
    }

    /** @throws skillrunner.domain.problem.RefusedException that names all that is wrong */
    void refuseIfWrong() {
        if (!errors.isEmpty()) {
            throw Refusal.invalid(errors).toException();
        }
    }
}
