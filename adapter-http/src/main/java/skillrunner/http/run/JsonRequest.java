package skillrunner.http.run;

import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.FieldError;
import skillrunner.domain.problem.Refusal;
import skillrunner.domain.problem.RefusedException;
import skillrunner.http.JsonNames;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;

/** Reads a JSON object field by field and collects everything that is wrong with it. Used for one request. */
final class JsonRequest {
    private final JsonNode root;
    private final List<FieldError> errors = new ArrayList<>();

    private JsonRequest(JsonNode root) {
        this.root = root;
    }

    /**
     * Reads a body.
     *
     * @throws RefusedException for a wrong content type or anything but a JSON object
     */
    static JsonRequest of(Context ctx) {
        String type = String.valueOf(ctx.contentType()).toLowerCase(Locale.ROOT);
        if (!type.equals("application/json") && !type.startsWith("application/json;")) {
            throw new RefusedException(ErrorCode.CONTENT_TYPE_UNSUPPORTED, "The body must be application/json");
        }
        String body = ctx.body();
        JsonNode root = JsonNames.mapper().readTree(body);
        if (root == null || !root.isObject()) {
            throw RefusedException.invalid("", "the body must be a JSON object");
        }
        return new JsonRequest(root);
    }

    void allowOnly(Set<String> fields) {
        Set<String> unknown = new TreeSet<>(root.propertyNames());
        unknown.removeAll(fields);
        unknown.forEach(field -> wrong(
                field, "unknown field; known are " + fields.stream().sorted().collect(Collectors.joining(", "))));
    }

    String requiredText(String field) {
        JsonNode node = root.get(field);
        if (node == null || node.isNull()) {
            wrong(field, "is required");
            return "";
        }
        return text(field).orElse("");
    }

    Optional<String> text(String field) {
        JsonNode node = root.get(field);
        if (node == null || node.isNull()) {
            return Optional.empty();
        }
        if (!node.isString()) {
            wrong(field, "must be a string");
            return Optional.empty();
        }
        return Optional.of(node.stringValue());
    }

    boolean flag(String field) {
        JsonNode node = root.get(field);
        if (node == null || node.isNull()) {
            return false;
        }
        if (!node.isBoolean()) {
            wrong(field, "must be true or false");
            return false;
        }
        return node.booleanValue();
    }

    Map<String, Object> object(String field) {
        JsonNode node = root.get(field);
        if (node == null || node.isNull()) {
            return Map.of();
        }
        if (!node.isObject()) {
            wrong(field, "must be an object");
            return Map.of();
        }
        return plain(node);
    }

    Object anything(String field) {
        JsonNode node = root.get(field);
        if (node == null || node.isNull()) {
            return Map.of();
        }
        return JsonNames.mapper().convertValue(node, Object.class);
    }

    void refuseIfWrong() {
        if (!errors.isEmpty()) {
            throw Refusal.invalid(errors).toException();
        }
    }

    private static Map<String, Object> plain(JsonNode node) {
        return new LinkedHashMap<>(JsonNames.mapper().convertValue(node, new TypeReference<Map<String, Object>>() {}));
    }

    private void wrong(String field, String detail) {
        errors.add(new FieldError("/" + field.replace("~", "~0").replace("/", "~1"), detail));
    }
}
