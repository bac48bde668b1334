package skillrunner.e2eclient.page;

import java.util.Locale;
import java.util.regex.Pattern;

/** Text of a stranger as a page may show it: characters that would turn or hide the text around them become signs. */
public final class VisibleText {
    private static final Pattern ACTIVE = Pattern.compile("[\\x00-\\x08\\x0B-\\x1F\\x7F-\\x9F\\u061C\\u200E\\u200F"
            + "\\u2028\\u2029\\u202A-\\u202E\\u2066-\\u2069\\uFEFF]");
    private static final int CONTROL_PICTURES = 0x2400;
    private static final int FIRST_PRINTABLE = 0x20;

    private VisibleText() {}

    /**
     * Makes every character visible. Ends of lines and tabs stay.
     *
     * @param text what somebody wrote
     * @return the same with signs for control and direction characters
     */
    public static String of(String text) {
        return ACTIVE.matcher(text.replace("\r\n", "\n")).replaceAll(match -> {
            char active = match.group().charAt(0);
            return active < FIRST_PRINTABLE
                    ? String.valueOf((char) (CONTROL_PICTURES + active))
                    : String.format(Locale.ROOT, "\u27E8U+%04X\u27E9", (int) active);
        });
    }
}
