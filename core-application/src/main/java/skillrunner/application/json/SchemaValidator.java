package skillrunner.application.json;

import java.util.List;
import java.util.Map;

/**
 * Checks plain values against a JSON Schema (the dialect {@code $schema} names, 2020-12 without one). Never fetches
 * anything. Implementations are safe for concurrent use.
 */
public interface SchemaValidator {
    /** How the only message of a check begins that took more time or memory than it may: the value can't count as fitting. */
    String GIVEN_UP = "the check was given up: ";

    /**
     * Checks a value. Bounded in time and memory, whatever the schema; ends soon after its thread is interrupted.
     *
     * @param schema the schema as plain values
     * @param value a plain value
     * @return what does not fit; empty if the value fits
     * @throws IllegalArgumentException if the schema itself can't be used
     */
    List<SchemaBreach> breaches(Map<String, Object> schema, Object value);

    /**
     * Checks a value, for people.
     *
     * @param schema the schema as plain values
     * @param value a plain value
     * @return one message for each breach, with its place; empty if the value fits
     * @throws IllegalArgumentException if the schema itself can't be used
     */
    default List<String> validate(Map<String, Object> schema, Object value) {
        return breaches(schema, value).stream().map(SchemaBreach::text).toList();
    }
}
