package skillrunner.mcp.tool;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A file among the arguments of a call: as text, as Base64, or by the address of what this server has. No other address is followed, for
 * whoever calls could see through this server's eyes what it can't see itself.
 */
sealed interface FileInput {
    /** All files of a call together may be so long. */
    int MOST_BYTES = 32 * 1024 * 1024;

    /** What is there. */
    @SuppressWarnings("ArrayRecordComponent") // passed on once and never compared
    record Content(byte[] bytes) implements FileInput {}

    /** What a run of this server left. */
    record Address(String uri) implements FileInput {}

    /** What a client is told of the forms. */
    static Map<String, Object> schema(@Nullable Object own) {
        Map<String, Object> schema = new LinkedHashMap<>();
        String about = own instanceof Map<?, ?> property && property.get("description") instanceof String text
                ? text + " "
                : "";
        schema.put("description", about + "A file: exactly one of text, blob and uri.");
        schema.put("type", "object");
        schema.put(
                "properties",
                Map.of(
                        "text", Map.of("type", "string", "description", "The file as text."),
                        "blob", Map.of("type", "string", "description", "The file in Base64."),
                        "uri",
                                Map.of(
                                        "type",
                                        "string",
                                        "description",
                                        "A data: address, or skill-runner://runs/REQUEST_ID/artifacts/PATH of an earlier run.")));
        schema.put(
                "anyOf",
                List.of(
                        Map.of("required", List.of("text")),
                        Map.of("required", List.of("blob")),
                        Map.of("required", List.of("uri"))));
        return schema;
    }

    /**
     * Reads a file.
     *
     * @param value what stands where the file should
     * @param wrong is told what is wrong, and where in the value
     */
    static Optional<FileInput> read(@Nullable Object value, BiConsumer<String, String> wrong) {
        if (!(value instanceof Map<?, ?> object)) {
            wrong.accept("", "must be an object with exactly one of text, blob (Base64) and uri");
            return Optional.empty();
        }
        // An embedded resource holds the same one level deeper.
        Map<?, ?> file = object.get("resource") instanceof Map<?, ?> inner ? inner : object;
        Object text = file.get("text");
        Object blob = file.get("blob");
        Object uri = text == null && blob == null ? file.get("uri") : null;
        if ((text == null ? 0 : 1) + (blob == null ? 0 : 1) + (uri == null ? 0 : 1) != 1) {
            wrong.accept("", "must have exactly one of text, blob (Base64) and uri");
            return Optional.empty();
        }
        if (text instanceof String plain) {
            return Optional.of(new Content(plain.getBytes(StandardCharsets.UTF_8)));
        }
        if (blob instanceof String coded) {
            return decoded(coded, "/blob", wrong);
        }
        if (uri instanceof String address) {
            return address(address, wrong);
        }
        wrong.accept(text != null ? "/text" : blob != null ? "/blob" : "/uri", "must be a string");
        return Optional.empty();
    }

    private static Optional<FileInput> address(String uri, BiConsumer<String, String> wrong) {
        if (uri.startsWith("data:")) {
            int comma = uri.indexOf(',');
            if (comma < 0 || !uri.substring(0, comma).endsWith(";base64")) {
                wrong.accept("/uri", "a data: address must be one in Base64");
                return Optional.empty();
            }
            return decoded(uri.substring(comma + 1), "/uri", wrong);
        }
        if (uri.startsWith("skill-runner:")) {
            return Optional.of(new Address(uri));
        }
        wrong.accept("/uri", "must begin with data: or skill-runner:; no other address is followed");
        return Optional.empty();
    }

    private static Optional<FileInput> decoded(String coded, String place, BiConsumer<String, String> wrong) {
        try {
            return Optional.of(new Content(Base64.getMimeDecoder().decode(strict(coded))));
        } catch (IllegalArgumentException e) {
            wrong.accept(place, "is not Base64");
            return Optional.empty();
        }
    }

    /** The lenient decoder passes over everything; line breaks are all that may be passed over here. */
    private static String strict(String coded) {
        for (int i = 0; i < coded.length(); i++) {
            char c = coded.charAt(i);
            boolean known = (c >= 'A' && c <= 'Z')
                    || (c >= 'a' && c <= 'z')
                    || (c >= '0' && c <= '9')
                    || c == '+'
                    || c == '/'
                    || c == '='
                    || c == '\r'
                    || c == '\n';
            if (!known) {
                throw new IllegalArgumentException("not Base64");
            }
        }
        return coded;
    }
}
