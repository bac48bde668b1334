package skillrunner.domain.upgrade;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The end of what a command wrote. A text that was cut says so in its first line. Lengths are bytes of UTF-8. */
public final class UpgradeText {
    /** Most bytes that are kept of one stream, the line about the cut not counted. */
    public static final int MOST_BYTES = 262_144;

    /** Of a text that was cut before; more digits than a process can write bytes are no such line. */
    private static final Pattern CUT = Pattern.compile("\\A\\[\u2026 ([0-9]{1,15}) bytes cut\\]\n");

    private UpgradeText() {}

    /**
     * Keeps the end of a text. Cutting what was cut already changes nothing.
     *
     * @param text the text
     * @return the text itself if it is short enough
     */
    public static String capped(String text) {
        Matcher cut = CUT.matcher(text);
        return cut.find() ? ending(text.substring(cut.end()), Long.parseLong(cut.group(1))) : ending(text, 0);
    }

    /**
     * Keeps the end of a text whose beginning is gone.
     *
     * @param text what is there
     * @param gone how many bytes stood before it
     * @return at most {@link #MOST_BYTES} of it, after a line that tells how many bytes are missing, if any are
     */
    public static String ending(String text, long gone) {
        int start = text.length();
        int kept = 0;
        while (start > 0) {
            int character = text.codePointBefore(start);
            int size = bytes(character);
            if (kept + size > MOST_BYTES) {
                break;
            }
            kept += size;
            start -= Character.charCount(character);
        }
        long missing = gone;
        for (int at = 0; at < start; at += Character.charCount(text.codePointAt(at))) {
            missing += bytes(text.codePointAt(at));
        }
        return missing == 0 ? text : "[\u2026 " + missing + " bytes cut]\n" + text.substring(start);
    }

    private static int bytes(int character) {
        if (character < 0x80) {
            return 1;
        }
        if (character < 0x800) {
            return 2;
        }
        return character < 0x10000 ? 3 : 4;
    }
}
