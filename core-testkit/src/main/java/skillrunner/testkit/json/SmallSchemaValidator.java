package skillrunner.testkit.json;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skillrunner.application.json.SchemaBreach;
import skillrunner.application.json.SchemaValidator;

/**
 * Knows {@code type}, {@code properties}, {@code required}, {@code enum} and {@code additionalProperties: false}, and
 * overlooks every other keyword. Safe for concurrent use.
 */
public final class SmallSchemaValidator implements SchemaValidator {
    @Override
    public List<SchemaBreach> breaches(Map<String, Object> schema, Object value) {
        List<SchemaBreach> breaches = new ArrayList<>();
        check(schema, value, "", breaches);
        return breaches;
    }

    private static void check(Map<?, ?> schema, @Nullable Object value, String place, List<SchemaBreach> breaches) {
        Object type = schema.get("type");
        if (type != null && !fits(type, value)) {
            breaches.add(breach(place, "must be of type " + type));
            return;
        }
        if (schema.get("enum") instanceof List<?> allowed && !allowed.contains(value)) {
            breaches.add(breach(place, "must be one of " + allowed));
        }
        if (value instanceof Map<?, ?> object) {
            checkMembers(schema, object, place, breaches);
        }
    }

    private static void checkMembers(Map<?, ?> schema, Map<?, ?> object, String place, List<SchemaBreach> breaches) {
        if (schema.get("required") instanceof List<?> required) {
            for (Object name : required) {
                if (!object.containsKey(name)) {
                    breaches.add(breach(place + "/" + name, "is required"));
                }
            }
        }
        Map<?, ?> properties = schema.get("properties") instanceof Map<?, ?> map ? map : Map.of();
        object.forEach((name, member) -> {
            if (properties.get(name) instanceof Map<?, ?> property) {
                check(property, member, place + "/" + name, breaches);
            } else if (Boolean.FALSE.equals(schema.get("additionalProperties"))) {
                breaches.add(breach(place + "/" + name, "is not allowed"));
            }
        });
    }

    private static SchemaBreach breach(String place, String message) {
        return new SchemaBreach(place, Optional.empty(), message);
    }

    private static boolean fits(Object type, @Nullable Object value) {
        return switch (String.valueOf(type)) {
            case "object" -> value instanceof Map;
            case "array" -> value instanceof List;
            case "string" -> value instanceof String;
            case "boolean" -> value instanceof Boolean;
            case "integer" -> value instanceof Integer || value instanceof Long || value instanceof BigInteger;
            case "number" -> value instanceof Number;
            case "null" -> value == null;
            default -> throw new IllegalArgumentException("unknown type '" + type + "'");
        };
    }
}
