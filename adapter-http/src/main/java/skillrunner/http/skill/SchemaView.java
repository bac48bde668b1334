package skillrunner.http.skill;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import skillrunner.domain.skill.SchemaKind;
import skillrunner.http.page.Messages;
import skillrunner.http.page.VisibleText;

/**
 * A JSON Schema as a person reads it: a row per property, those of nested objects below it.
 *
 * @param kind wire name of which schema it is
 * @param title the same for people
 * @param path where the file lies in the skill
 * @param rows the properties; of a very large schema only the first
 */
public record SchemaView(String kind, String title, String path, List<Row> rows) {
    private static final int MAX_ROWS = 200;
    private static final int MAX_DEPTH = 4;
    private static final List<String> LIMITS = List.of(
            "minimum",
            "exclusiveMinimum",
            "maximum",
            "exclusiveMaximum",
            "multipleOf",
            "minLength",
            "maxLength",
            "pattern",
            "format",
            "minItems",
            "maxItems",
            "uniqueItems",
            "const");

    /** Copies the list. */
    public SchemaView {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(title);
        Objects.requireNonNull(path);
        rows = List.copyOf(rows);
    }

    /**
     * One property.
     *
     * @param name its name, after the names of the objects around it
     * @param type its type
     * @param required whether it must be there
     * @param note where it comes from or goes to; may be empty
     * @param description what it means; may be empty
     * @param values what it may be; may be empty
     */
    public record Row(
            String name, String type, boolean required, String note, String description, List<String> values) {
        /** Copies the list. */
        public Row {
            values = List.copyOf(values);
        }
    }

    static SchemaView of(SchemaKind kind, String path, Map<String, ?> schema, Messages messages) {
        List<Row> rows = new ArrayList<>();
        add(rows, "", schema, kind, messages, 0);
        return new SchemaView(kind.wire(), messages.text("schema." + kind.wire()), VisibleText.of(path), rows);
    }

    private static void add(
            List<Row> rows, String prefix, Map<?, ?> schema, SchemaKind kind, Messages messages, int depth) {
        if (!(schema.get("properties") instanceof Map<?, ?> properties)) {
            return;
        }
        List<?> required = schema.get("required") instanceof List<?> names ? names : List.of();
        for (Map.Entry<?, ?> property : properties.entrySet()) {
            if (rows.size() >= MAX_ROWS) {
                return;
            }
            String name = prefix + property.getKey();
            Map<?, ?> inner = property.getValue() instanceof Map<?, ?> map ? map : Map.of();
            rows.add(new Row(
                    VisibleText.of(name),
                    type(inner),
                    required.contains(property.getKey()),
                    depth == 0 ? note(inner, kind, messages) : "",
                    described(inner),
                    values(inner, messages)));
            if (depth < MAX_DEPTH) {
                Map<?, ?> items = inner.get("items") instanceof Map<?, ?> map ? map : Map.of();
                add(rows, name + ".", inner, kind, messages, depth + 1);
                add(rows, name + "[].", items, kind, messages, depth + 1);
            }
        }
    }

    private static String type(Map<?, ?> schema) {
        Object type = schema.get("type");
        if (type instanceof List<?> several) {
            return VisibleText.of(
                    String.join(" | ", several.stream().map(String::valueOf).toList()));
        }
        if ("array".equals(type) && schema.get("items") instanceof Map<?, ?> items && items.get("type") != null) {
            return VisibleText.of("array<" + items.get("type") + ">");
        }
        if (type == null && schema.get("enum") instanceof List<?>) {
            return "enum";
        }
        return type == null ? "" : VisibleText.of(type.toString());
    }

    private static String note(Map<?, ?> schema, SchemaKind kind, Messages messages) {
        return switch (kind) {
            case INPUT ->
                "inline".equals(schema.get("x-input-source"))
                        ? messages.text("schema.inline")
                        : messages.text("schema.file");
            case PARAMETER -> "";
            case OUTPUT ->
                "artifact".equals(schema.get("x-type")) || "file".equals(schema.get("x-type"))
                        ? messages.text("schema.artifact")
                        : "";
        };
    }

    private static String described(Map<?, ?> schema) {
        String title = schema.get("title") instanceof String text ? text : "";
        String description = schema.get("description") instanceof String text ? text : "";
        return VisibleText.of(
                title.isEmpty() || description.isEmpty() ? title + description : title + ": " + description);
    }

    private static List<String> values(Map<?, ?> schema, Messages messages) {
        List<String> values = new ArrayList<>();
        if (schema.get("enum") instanceof List<?> choices) {
            values.add(VisibleText.of(
                    String.join(" | ", choices.stream().map(String::valueOf).toList())));
        }
        if (schema.containsKey("default")) {
            values.add(messages.text("schema.default") + " " + shown(schema.get("default")));
        }
        for (String limit : LIMITS) {
            if (schema.containsKey(limit)) {
                values.add(limit(limit, schema.get(limit), messages));
            }
        }
        return values;
    }

    /** The words of the form that starts a run; the schema's own where that has none. */
    private static String limit(String name, @Nullable Object value, Messages messages) {
        String key = "form.limit." + name;
        if (!messages.has(key)) {
            return name + " " + shown(value);
        }
        String one = key + ".one";
        return messages.text("1".equals(shown(value)) && messages.has(one) ? one : key, shown(value));
    }

    private static String shown(@Nullable Object value) {
        return VisibleText.of(String.valueOf(value));
    }
}
