package skillrunner.application.json;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns JSON text into plain values and back. Plain values are {@code Map<String, Object>} in document order, {@code
 * List<Object>}, {@code String}, {@code Boolean}, {@code Integer}, {@code Long}, {@code BigInteger}, {@code
 * BigDecimal} and null. Implementations are safe for concurrent use.
 */
public interface JsonText {
    /**
     * Reads a text that should be one JSON object. Strict: no comments, no trailing text, no NaN, no doubled keys.
     *
     * @param text any text
     * @return the object, or empty if the text is anything else
     */
    Optional<Map<String, Object>> parseObject(String text);

    /**
     * Writes a value on one line with sorted keys and no spaces, so that equal values give equal text.
     *
     * @param value a plain value
     * @return JSON
     */
    String canonical(@Nullable Object value);

    /**
     * Writes a value for people: indented, keys in their own order, ending in a line feed.
     *
     * @param value a plain value
     * @return JSON
     */
    String pretty(@Nullable Object value);
}
