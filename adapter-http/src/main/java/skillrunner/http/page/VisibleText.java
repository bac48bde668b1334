package skillrunner.http.page;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Text of a stranger as a page may show it: characters that would do something instead of showing become visible signs. */
public final class VisibleText {
    private static final Pattern ACTIVE = Pattern.compile("[\\x00-\\x08\\x0B-\\x1F\\x7F-\\x9F\\u061C\\u200E\\u200F"
            + "\\u2028\\u2029\\u202A-\\u202E\\u2066-\\u2069]");
    /** Kinds of characters that show nothing, or something that can't be told from a space. */
    private static final Set<Integer> HIDDEN = Set.of(
            (int) Character.CONTROL,
            (int) Character.FORMAT,
            (int) Character.SURROGATE,
            (int) Character.PRIVATE_USE,
            (int) Character.UNASSIGNED,
            (int) Character.LINE_SEPARATOR,
            (int) Character.PARAGRAPH_SEPARATOR,
            (int) Character.SPACE_SEPARATOR);

    private static final int CONTROL_PICTURES = 0x2400;
    private static final int FIRST_PRINTABLE = 0x20;

    private VisibleText() {}

    /**
     * Makes every character visible. Line ends and tabs stay.
     *
     * @param text what somebody wrote
     * @return the same with signs for control and direction characters
     */
    public static String of(String text) {
        return ACTIVE.matcher(text).replaceAll(match -> sign(match.group().charAt(0)));
    }

    /**
     * Makes every character visible that is no plain one, also those that only join, part or format others; ends of lines stay,
     * with a sign before them.
     *
     * @param text what somebody wrote
     * @return the same, so that what is seen is all there is
     */
    public static String exactly(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            int type = Character.getType(point);
            if (point == '\n') {
                shown.append("\u240A\n");
            } else if (point == ' ' || !HIDDEN.contains(type)) {
                shown.appendCodePoint(point);
            } else if (point < FIRST_PRINTABLE) {
                shown.append((char) (CONTROL_PICTURES + point));
            } else {
                shown.append(String.format(Locale.ROOT, "\u27E8U+%04X\u27E9", point));
            }
        });
        return shown.toString();
    }

    private static String sign(char active) {
        return active < FIRST_PRINTABLE
                ? String.valueOf((char) (CONTROL_PICTURES + active))
                : String.format(Locale.ROOT, "\u27E8U+%04X\u27E9", (int) active);
    }
}
