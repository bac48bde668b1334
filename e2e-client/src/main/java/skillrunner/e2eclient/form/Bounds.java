package skillrunner.e2eclient.form;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;

/**
 * How large a value may be, as far as a person should hear of it before anything is sent. Whatever else a schema demands is the
 * server's to judge.
 *
 * @param least the least number
 * @param most the greatest number
 * @param shortest the fewest characters
 * @param longest the most characters
 */
public record Bounds(Optional<BigDecimal> least, Optional<BigDecimal> most, OptionalInt shortest, OptionalInt longest) {
    /** Nothing is demanded. */
    public static final Bounds NONE =
            new Bounds(Optional.empty(), Optional.empty(), OptionalInt.empty(), OptionalInt.empty());

    static Bounds of(JsonNode schema) {
        return new Bounds(
                number(schema.path("minimum")),
                number(schema.path("maximum")),
                length(schema.path("minLength")),
                length(schema.path("maxLength")));
    }

    private static Optional<BigDecimal> number(JsonNode value) {
        return value.isNumber() ? Optional.of(value.decimalValue()) : Optional.empty();
    }

    private static OptionalInt length(JsonNode value) {
        return value.isIntegralNumber() && value.canConvertToInt() && value.intValue() >= 0
                ? OptionalInt.of(value.intValue())
                : OptionalInt.empty();
    }
}
