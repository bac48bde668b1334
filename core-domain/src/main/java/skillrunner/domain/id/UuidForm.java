package skillrunner.domain.id;

import java.util.regex.Pattern;

/** The one form of ids that this product gives out: a UUID in lower case. Safe as a path segment and in a URL. */
public final class UuidForm {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    private UuidForm() {}

    /**
     * Tells whether a text has the form.
     *
     * @param text any text
     * @return true if it has
     */
    public static boolean matches(String text) {
        return FORM.matcher(text).matches();
    }

    /**
     * Refuses a text that does not have the form.
     *
     * @param text any text
     * @param name what it should be, for the message
     * @throws IllegalArgumentException if it does not have the form
     */
    public static void require(String text, String name) {
        if (!matches(text)) {
            throw new IllegalArgumentException("not " + name);
        }
    }
}
