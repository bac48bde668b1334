package skillrunner.application.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skillrunner.domain.json.JsonPointer;
import skillrunner.domain.problem.RefusedException;

/** Holds what {@link JsonText} calls plain values, and others, to {@link ValueRules}. */
public final class PlainValues {
    /** Less than what may be read again; an object that holds itself ends here as well. */
    private static final int MOST_LEVELS = 200;

    private PlainValues() {}

    /**
     * Refuses what could not be passed on as it is. Of numbers, {@code Double} and {@code Float} are taken as well if they are finite.
     *
     * @param value any value
     * @throws RefusedException with {@code REQUEST_INVALID}, which names the place
     */
    public static void refuseUnusable(@Nullable Object value) {
        refuseUnusable(value, new ArrayDeque<>());
    }

    /** The way to a value becomes a pointer only if something is wrong there: names may be long and values many. */
    private static void refuseUnusable(@Nullable Object value, Deque<String> way) {
        if (way.size() > MOST_LEVELS) {
            throw refused(way, "more than " + MOST_LEVELS + " objects and lists lie in one another");
        }
        if (value instanceof Map<?, ?> object) {
            object.forEach((name, member) -> {
                refuseUnusable(name(name, way), way, member);
            });
        } else if (value instanceof List<?> list) {
            int at = 0;
            for (Object item : list) {
                refuseUnusable(Integer.toString(at++), way, item);
            }
        } else {
            fault(value).ifPresent(fault -> {
                throw refused(way, fault);
            });
        }
    }

    private static void refuseUnusable(String step, Deque<String> way, @Nullable Object value) {
        way.addLast(step);
        refuseUnusable(value, way);
        way.removeLast();
    }

    private static String name(@Nullable Object name, Deque<String> way) {
        if (!(name instanceof String text)) {
            throw refused(way, "the name of a member is no text");
        }
        ValueRules.fault(text).ifPresent(fault -> {
            throw refused(way, fault);
        });
        return text;
    }

    private static Optional<String> fault(@Nullable Object value) {
        if (value == null
                || value instanceof Boolean
                || value instanceof Integer
                || value instanceof Long
                || value instanceof BigInteger) {
            return Optional.empty();
        }
        if (value instanceof String text) {
            return ValueRules.fault(text);
        }
        if (value instanceof BigDecimal number) {
            return ValueRules.fault(number);
        }
        if (value instanceof Double || value instanceof Float) {
            return Double.isFinite(((Number) value).doubleValue())
                    ? Optional.empty()
                    : Optional.of("the number is not finite");
        }
        return Optional.of("a value of " + value.getClass().getName() + " is no JSON value");
    }

    private static RefusedException refused(Deque<String> way, String fault) {
        return RefusedException.invalid(JsonPointer.of(way), fault);
    }
}
