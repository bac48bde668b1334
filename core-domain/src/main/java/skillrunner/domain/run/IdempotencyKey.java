package skillrunner.domain.run;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A name that a client gives to a request, so that sending it twice creates one run. It counts for the whole server, and
 * upper and lower case are different.
 *
 * @param value 1 to 255 visible ASCII characters
 */
public record IdempotencyKey(String value) {
    private static final Pattern FORM = Pattern.compile("[!-~]{1,255}");

    /** Refuses a text that is no key. */
    public IdempotencyKey {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("not a key");
        }
    }

    /**
     * Reads a key.
     *
     * @param text what a client sent
     * @return the key, or empty if the text is none
     */
    public static Optional<IdempotencyKey> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new IdempotencyKey(text)) : Optional.empty();
    }
}
