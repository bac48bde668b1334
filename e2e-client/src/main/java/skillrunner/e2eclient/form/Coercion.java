package skillrunner.e2eclient.form;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import skillrunner.e2eclient.backend.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BigIntegerNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.DecimalNode;
import tools.jackson.databind.node.StringNode;

/** Makes a value of what was typed into a field. Numbers stay exactly what was typed. */
final class Coercion {
    private static final Set<String> YES = Set.of("true", "1", "yes", "on");
    private static final Set<String> NO = Set.of("false", "0", "no", "off");

    /** Longer ones nobody means, and exponents without an end would fill the memory. */
    private static final Pattern INTEGER = Pattern.compile("[+-]?\\d{1,300}");

    private static final Pattern NUMBER =
            Pattern.compile("[+-]?(\\d{1,150}(\\.\\d{0,150})?|\\.\\d{1,150})([eE][+-]?\\d{1,3})?");

    private Coercion() {}

    /**
     * What came of it.
     *
     * @param value the value, if there is one
     * @param fault what is wrong, as the end of a key of the texts
     * @param limit what was passed, for faults of size; empty for others
     */
    record Outcome(Optional<JsonNode> value, Optional<String> fault, String limit) {
        static Outcome of(JsonNode value) {
            return new Outcome(Optional.of(value), Optional.empty(), "");
        }

        static Outcome wrong(String fault) {
            return new Outcome(Optional.empty(), Optional.of(fault), "");
        }

        static Outcome wrong(String fault, Object limit) {
            return new Outcome(Optional.empty(), Optional.of(fault), limit.toString());
        }
    }

    /** Makes a value of what is not blank. */
    static Outcome of(Field field, String typed) {
        return switch (field.kind()) {
            case TEXT, LONG_TEXT -> text(field, typed);
            case INTEGER -> integer(field, typed.strip());
            case NUMBER -> number(field, typed.strip());
            case BOOLEAN -> yesOrNo(typed);
            case CHOICE -> choice(field, typed);
            case ARRAY -> json(typed, JsonNode::isArray, "array");
            case OBJECT -> json(typed, JsonNode::isObject, "object");
            case ANY -> any(field, typed);
            case FILE -> Outcome.wrong("file");
        };
    }

    private static Outcome text(Field field, String typed) {
        int length = typed.codePointCount(0, typed.length());
        if (length < field.bounds().shortest().orElse(0)) {
            return Outcome.wrong("short", field.bounds().shortest().getAsInt());
        }
        if (length > field.bounds().longest().orElse(Integer.MAX_VALUE)) {
            return Outcome.wrong("long", field.bounds().longest().getAsInt());
        }
        return Outcome.of(StringNode.valueOf(typed));
    }

    private static Outcome integer(Field field, String typed) {
        if (!INTEGER.matcher(typed).matches()) {
            return Outcome.wrong("integer");
        }
        BigInteger value = new BigInteger(typed);
        return bounded(field, new BigDecimal(value), BigIntegerNode.valueOf(value));
    }

    private static Outcome number(Field field, String typed) {
        if (!NUMBER.matcher(typed).matches()) {
            return Outcome.wrong("number");
        }
        BigDecimal value = new BigDecimal(typed);
        return bounded(field, value, DecimalNode.valueOf(value));
    }

    private static Outcome bounded(Field field, BigDecimal value, JsonNode node) {
        Optional<BigDecimal> least = field.bounds().least();
        if (least.isPresent() && value.compareTo(least.get()) < 0) {
            return Outcome.wrong("least", least.get());
        }
        Optional<BigDecimal> most = field.bounds().most();
        if (most.isPresent() && value.compareTo(most.get()) > 0) {
            return Outcome.wrong("most", most.get());
        }
        return Outcome.of(node);
    }

    private static Outcome yesOrNo(String typed) {
        String word = typed.strip().toLowerCase(Locale.ROOT);
        if (YES.contains(word)) {
            return Outcome.of(BooleanNode.TRUE);
        }
        return NO.contains(word) ? Outcome.of(BooleanNode.FALSE) : Outcome.wrong("boolean");
    }

    /** The pages send a choice as JSON, which has a type; whoever sends the form by hand writes a text as it is. */
    private static Outcome choice(Field field, String typed) {
        return field.choices().stream()
                .filter(choice -> Json.text(choice).equals(typed))
                .findFirst()
                .or(() -> field.choices().stream()
                        .filter(choice ->
                                choice.isString() && choice.stringValue().equals(typed))
                        .findFirst())
                .map(Outcome::of)
                .orElseGet(() -> Outcome.wrong("choice"));
    }

    private static Outcome json(String typed, java.util.function.Predicate<JsonNode> wanted, String fault) {
        return Json.parse(typed).filter(wanted).map(Outcome::of).orElseGet(() -> Outcome.wrong(fault));
    }

    private static Outcome any(Field field, String typed) {
        return Json.parse(typed)
                .or(() -> field.textAllowed() ? Optional.of(StringNode.valueOf(typed)) : Optional.empty())
                .map(Outcome::of)
                .orElseGet(() -> Outcome.wrong("json"));
    }
}
