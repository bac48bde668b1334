package skillrunner.http;

import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import skillrunner.domain.json.JsonPointer;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.FieldError;
import skillrunner.domain.problem.Refusal;
import skillrunner.domain.problem.RefusedException;
import skillrunner.http.load.Bodies;
import skillrunner.json.NumberOutOfRangeException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;

/** Reads a JSON object field by field and collects everything that is wrong with it. Used for one request. */
public final class JsonBody {
    /** In which charset it is was looked at before. */
    private static final Pattern JSON = Pattern.compile("application/json\\s*(;.*)?", Pattern.CASE_INSENSITIVE);

    private final JsonNode root;
    private final String pointer;
    private final List<FieldError> errors;

    private JsonBody(JsonNode root, String pointer, List<FieldError> errors) {
        this.root = root;
        this.pointer = pointer;
        this.errors = errors;
    }

    /**
     * Reads a body.
     *
     * @param ctx the request
     * @return its fields
     * @throws RefusedException for a wrong content type or anything but a JSON object
     */
    public static JsonBody of(Context ctx) {
        if (!JSON.matcher(String.valueOf(ctx.contentType())).matches()) {
            throw new RefusedException(ErrorCode.CONTENT_TYPE_UNSUPPORTED, "The body must be application/json");
        }
        JsonNode root = tree(JsonTexts.decoded(Bodies.bytes(ctx)));
        if (root == null || !root.isObject()) {
            throw RefusedException.invalid("", "the body must be a JSON object");
        }
        JsonTexts.refuseUnusable(root);
        return new JsonBody(root, "", new ArrayList<>());
    }

    private static @Nullable JsonNode tree(String text) {
        try {
            return WireFormat.mapper().readTree(text);
        } catch (NumberOutOfRangeException e) {
            // An exponent that fits into no number of the machine is not told as a fault of the JSON, which it is not.
            throw RefusedException.invalid("", "a number is out of range");
        }
    }

    /**
     * Holds fields against a list.
     *
     * @param fields the fields there may be
     */
    public void allowOnly(Set<String> fields) {
        Set<String> unknown = new TreeSet<>(root.propertyNames());
        unknown.removeAll(fields);
        // Enough to see what is meant, however many there are.
        unknown.stream()
                .limit(Refusal.MAX_ERRORS)
                .forEach(field -> wrong(
                        field,
                        "unknown field; known are " + fields.stream().sorted().collect(Collectors.joining(", "))));
    }

    /**
     * Reads a text that has to be there.
     *
     * @param field its name
     * @return the text; empty if it is wrong
     */
    public String requiredText(String field) {
        if (given(field) == null) {
            wrong(field, "is required");
            return "";
        }
        return text(field).orElse("");
    }

    /**
     * Reads a text; null counts as absent.
     *
     * @param field its name
     * @return the text, or empty
     */
    public Optional<String> text(String field) {
        JsonNode node = given(field);
        if (node == null) {
            return Optional.empty();
        }
        if (!node.isString()) {
            wrong(field, "must be a string");
            return Optional.empty();
        }
        return Optional.of(node.stringValue());
    }

    /**
     * Reads a positive whole number that must be there.
     *
     * @param field its name
     * @return the number; 1 if it is wrong, which is remembered
     */
    public int requiredPositive(String field) {
        JsonNode node = given(field);
        if (node == null) {
            wrong(field, "is required");
            return 1;
        }
        if (!node.isIntegralNumber() || !node.canConvertToInt() || node.intValue() < 1) {
            wrong(field, "must be a positive whole number");
            return 1;
        }
        return node.intValue();
    }

    /**
     * Reads any value that must be there.
     *
     * @param field its name
     * @return the plain value; empty for null, and if it is not there, which is remembered
     */
    public Optional<Object> requiredValue(String field) {
        if (!root.has(field)) {
            wrong(field, "is required");
        }
        JsonNode node = given(field);
        return node == null ? Optional.empty() : Optional.of(WireFormat.mapper().convertValue(node, Object.class));
    }

    /**
     * Remembers that a field is wrong.
     *
     * @param field its name
     * @param detail why
     */
    public void refuse(String field, String detail) {
        wrong(field, detail);
    }

    /**
     * Reads a flag; null counts as absent.
     *
     * @param field its name
     * @return the flag; false if it is absent
     */
    public boolean flag(String field) {
        JsonNode node = given(field);
        if (node == null) {
            return false;
        }
        if (!node.isBoolean()) {
            wrong(field, "must be true or false");
            return false;
        }
        return node.booleanValue();
    }

    /**
     * Reads a flag that may be absent, but not null.
     *
     * @param field its name
     * @return the flag; false if it is absent
     */
    public boolean strictFlag(String field) {
        if (root.has(field) && given(field) == null) {
            wrong(field, "must be true or false");
            return false;
        }
        return flag(field);
    }

    /**
     * Reads a list of texts; null counts as absent.
     *
     * @param field its name
     * @return the texts, or empty
     */
    public Optional<List<String>> texts(String field) {
        JsonNode node = given(field);
        if (node == null) {
            return Optional.empty();
        }
        List<String> texts = new ArrayList<>();
        boolean wrong = !node.isArray();
        for (JsonNode item : node) {
            wrong = wrong || !item.isString();
            texts.add(item.asString(""));
        }
        if (wrong) {
            wrong(field, "must be a list of strings");
            return Optional.empty();
        }
        return Optional.of(texts);
    }

    /**
     * Reads a list of objects that has to be there and to hold something.
     *
     * @param field its name
     * @return the objects; what is wrong with them is collected here
     */
    public List<JsonBody> requiredObjects(String field) {
        JsonNode node = given(field);
        List<JsonBody> objects = new ArrayList<>();
        if (node == null || !node.isArray() || node.isEmpty()) {
            wrong(field, "must be a list of objects that is not empty");
            return objects;
        }
        for (JsonNode item : node) {
            String place = path(field) + "/" + objects.size();
            if (!item.isObject()) {
                errors.add(new FieldError(place, "must be an object"));
            }
            objects.add(new JsonBody(item, place, errors));
        }
        return objects;
    }

    /**
     * Reads an object; null counts as absent.
     *
     * @param field its name
     * @return the object; empty if it is absent
     */
    public Map<String, Object> object(String field) {
        JsonNode node = given(field);
        if (node == null) {
            return Map.of();
        }
        if (!node.isObject()) {
            wrong(field, "must be an object");
            return Map.of();
        }
        return plain(node);
    }

    /**
     * Reads a value of any kind; null counts as absent.
     *
     * @param field its name
     * @return the value; an empty object if it is absent
     */
    public Object anything(String field) {
        JsonNode node = given(field);
        if (node == null) {
            return Map.of();
        }
        return WireFormat.mapper().convertValue(node, Object.class);
    }

    /**
     * Ends the reading.
     *
     * @throws RefusedException if anything was wrong
     */
    public void refuseIfWrong() {
        if (!errors.isEmpty()) {
            throw Refusal.invalid(errors).toException();
        }
    }

    private @Nullable JsonNode given(String field) {
        JsonNode node = root.get(field);
        return node == null || node.isNull() ? null : node;
    }

    private static Map<String, Object> plain(JsonNode node) {
        return new LinkedHashMap<>(WireFormat.mapper().convertValue(node, new TypeReference<Map<String, Object>>() {}));
    }

    private void wrong(String field, String detail) {
        errors.add(new FieldError(path(field), detail));
    }

    private String path(String field) {
        return JsonPointer.member(pointer, field);
    }
}
