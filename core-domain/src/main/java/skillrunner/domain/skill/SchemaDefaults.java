package skillrunner.domain.skill;

import java.util.LinkedHashMap;
import java.util.Map;

/** What a schema says a value is where a client gives none ({@code default} of a top-level property). */
public final class SchemaDefaults {
    private SchemaDefaults() {}

    /**
     * Fills in what is left out. What is given stays, also if it is null.
     *
     * @param schema an object's schema as plain values
     * @param given the object as given
     * @return the object with the defaults of the members it lacks, in the order of the schema after its own
     */
    public static Map<String, Object> filled(Map<String, ?> schema, Map<String, Object> given) {
        Map<String, Object> filled = new LinkedHashMap<>(given);
        if (schema.get("properties") instanceof Map<?, ?> properties) {
            properties.forEach((key, property) -> {
                if (property instanceof Map<?, ?> object
                        && object.get("default") != null
                        && !filled.containsKey(String.valueOf(key))) {
                    filled.put(String.valueOf(key), object.get("default"));
                }
            });
        }
        return filled;
    }
}
