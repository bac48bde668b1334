package skillrunner.engines.codex;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads TOML and writes single values of it. */
final class Toml {
    // Of Jackson 2, which the prompt-template library brings along anyway. Nothing else of ours uses Jackson 2.
    private static final TomlMapper MAPPER = new TomlMapper();

    private Toml() {}

    /**
     * Reads a document.
     *
     * @return its tables as maps, in the document's order
     * @throws IllegalArgumentException if it is not TOML; the message says where
     */
    static Map<String, Object> read(String document) {
        try {
            Map<String, Object> tables =
                    MAPPER.readerForMapOf(Object.class).withoutRootName().readValue(document);
            return tables == null ? Map.of() : new LinkedHashMap<>(tables);
        } catch (JacksonException e) {
            int line = e.getLocation() == null ? -1 : e.getLocation().getLineNr();
            throw new IllegalArgumentException(e.getOriginalMessage() + (line < 1 ? "" : " (line " + line + ")"), e);
        }
    }

    /** Writes a value on one line. */
    static String inline(Object value) {
        if (value instanceof Map<?, ?> table) {
            return table.entrySet().stream()
                    .map(entry -> quoted(String.valueOf(entry.getKey())) + "=" + inline(entry.getValue()))
                    .collect(Collectors.joining(",", "{", "}"));
        }
        if (value instanceof Collection<?> list) {
            return list.stream().map(Toml::inline).collect(Collectors.joining(",", "[", "]"));
        }
        if (value instanceof Double number && !Double.isFinite(number)) {
            return number.isNaN() ? "nan" : number > 0 ? "inf" : "-inf";
        }
        if (value instanceof Number || value instanceof Boolean) {
            return value.toString();
        }
        return quoted(value.toString());
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        text.codePoints().forEach(point -> {
            if (point == '"' || point == '\\') {
                quoted.append('\\').append((char) point);
            } else if (point < 0x20 || point == 0x7f) {
                quoted.append(String.format("\\u%04X", point));
            } else {
                quoted.appendCodePoint(point);
            }
        });
        return quoted.append('"').toString();
    }
}
