package skillrunner.workspace.json;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import skillrunner.domain.json.JsonPointer;
import skillrunner.workspace.json.NetworkntSchemas.Problem;

/** What the validator does not bear or does not say well: faults of a schema in words for its author. */
final class SchemaFaults {
    /** Their values are data, whatever they look like. */
    private static final Set<String> DATA = Set.of("enum", "const", "default", "examples", "example");

    private static final Set<String> REFERENCES = Set.of("$ref", "$dynamicRef", "$recursiveRef");
    private static final int LONGEST_SHOWN = 100;

    private SchemaFaults() {}

    /** Finds the patterns that are none. */
    static List<Problem> patterns(Map<String, Object> schema) {
        List<Problem> faults = new ArrayList<>();
        walk(schema, "", (pointer, object) -> {
            if (object.get("pattern") instanceof String pattern) {
                addFault(faults, pointer + "/pattern", pattern);
            }
            if (object.get("patternProperties") instanceof Map<?, ?> properties) {
                properties.keySet().forEach(key -> {
                    String pattern = String.valueOf(key);
                    addFault(faults, JsonPointer.member(pointer + "/patternProperties", pattern), pattern);
                });
            }
        });
        return faults;
    }

    /** Finds the dynamic references that lead to nothing; the validator would only meet them with a value. */
    static List<Problem> dynamicReferences(Map<String, Object> schema) {
        Set<String> anchors = new HashSet<>();
        walk(schema, "", (pointer, object) -> {
            for (String keyword : List.of("$anchor", "$dynamicAnchor")) {
                if (object.get(keyword) instanceof String name) {
                    anchors.add("#" + name);
                }
            }
        });
        List<Problem> faults = new ArrayList<>();
        walk(schema, "", (pointer, object) -> {
            if (object.get("$dynamicRef") instanceof String target
                    && target.matches("#[^/].*")
                    && !anchors.contains(target)) {
                faults.add(new Problem(
                        pointer + "/$dynamicRef",
                        "a reference leads to nothing: '" + shown(target) + "'",
                        "give what is meant a $dynamicAnchor of this name in the same file"));
            }
        });
        return faults;
    }

    private static void addFault(List<Problem> faults, String place, String pattern) {
        EcmaPattern.fault(pattern)
                .ifPresent(fault -> faults.add(new Problem(
                        place,
                        "the pattern '" + shown(pattern) + "' can't be used: " + fault,
                        "write a regular expression as ECMA-262 allows it")));
    }

    /**
     * Takes away what {@code id} was in draft 4 from a schema of a later dialect, where it means nothing but is not borne by
     * the validator.
     */
    static Map<String, Object> withoutOldIds(Map<String, Object> schema) {
        boolean draft4 = schema.get("$schema") instanceof String dialect && dialect.contains("draft-04");
        if (draft4) {
            return schema;
        }
        Map<String, Object> kept = new LinkedHashMap<>();
        schema.forEach((key, value) -> {
            if (!(key.equals("id") && value instanceof String)) {
                kept.put(key, DATA.contains(key) ? value : partWithoutOldIds(value));
            }
        });
        return kept;
    }

    private static Object partWithoutOldIds(Object value) {
        if (value instanceof Map<?, ?> object) {
            Map<String, Object> members = new LinkedHashMap<>();
            object.forEach((key, member) -> members.put(String.valueOf(key), member));
            return withoutOldIds(members);
        }
        return value instanceof List<?> list
                ? list.stream().map(SchemaFaults::partWithoutOldIds).toList()
                : value;
    }

    /** Explains why a schema of good form does not compile: nearly always by a reference. */
    static Problem explain(Map<String, Object> schema) {
        List<Problem> faults = new ArrayList<>();
        walk(
                schema,
                "",
                (pointer, object) -> REFERENCES.forEach(keyword -> {
                    if (object.get(keyword) instanceof String target) {
                        reference(schema, target)
                                .ifPresent(
                                        reason -> faults.add(
                                                new Problem(
                                                        pointer + "/" + keyword,
                                                        reason,
                                                        "put what is meant below $defs in the same file and refer to it by '#/$defs/<name>'")));
                    }
                }));
        return faults.isEmpty()
                ? new Problem("", "the schema can't be compiled", "write a schema that JSON Schema allows")
                : faults.get(0);
    }

    private static Optional<String> reference(Map<String, Object> schema, String target) {
        if (!target.startsWith("#")) {
            return Optional.of("a reference leads out of the file: '" + shown(target) + "'");
        }
        if (target.startsWith("#/") && !leadsSomewhere(schema, target.substring(2))) {
            return Optional.of("a reference leads to nothing: '" + shown(target) + "'");
        }
        return Optional.empty();
    }

    private static boolean leadsSomewhere(@Nullable Object from, String way) {
        Object place = from;
        for (String step : way.split("/", -1)) {
            String name = step.replace("~1", "/").replace("~0", "~");
            if (place instanceof Map<?, ?> object) {
                place = object.get(name);
            } else if (place instanceof List<?> list && name.matches("\\d{1,6}")) {
                int index = Integer.parseInt(name);
                place = index < list.size() ? list.get(index) : null;
            } else {
                return false;
            }
        }
        return place != null;
    }

    private static void walk(@Nullable Object value, String pointer, BiConsumer<String, Map<?, ?>> visitor) {
        if (value instanceof Map<?, ?> object) {
            visitor.accept(pointer, object);
            object.forEach((key, member) -> {
                if (!DATA.contains(String.valueOf(key))) {
                    walk(member, JsonPointer.member(pointer, String.valueOf(key)), visitor);
                }
            });
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                walk(list.get(i), pointer + "/" + i, visitor);
            }
        }
    }

    private static String shown(String text) {
        String printable = text.replaceAll("\\p{Cntrl}", "?");
        return printable.length() <= LONGEST_SHOWN ? printable : printable.substring(0, LONGEST_SHOWN) + "...";
    }
}
