package skillrunner.http.page;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a program wrote for a terminal as a page shows it: without colours, and each line as it was left in the end. */
public final class TerminalText {
    /** Colours and moves of the cursor; titles and links; private strings; anything else that begins with an escape. */
    private static final Pattern SEQUENCE = Pattern.compile("\\x1B(?:\\[[0-?]*+[ -/]*+[@-~]"
            + "|\\][^\\x07\\x1B\\n]*+(?:\\x07|\\x1B\\\\)?"
            + "|[PX^_][^\\x1B\\n]*+(?:\\x1B\\\\)?"
            + "|[ -/]*+[0-OQ-WYZ\\\\`-~])");

    private TerminalText() {}

    /**
     * Makes such a text readable.
     *
     * @param text what a program wrote
     * @return the same without what steers a terminal; of what still does not show itself, a sign is shown
     */
    public static String of(String text) {
        String plain = SEQUENCE.matcher(text).replaceAll("").replace("\r\n", "\n");
        return Arrays.stream(plain.split("\n", -1)).map(TerminalText::left).collect(Collectors.joining("\n"));
    }

    /** A progress bar is written over and over on one line; the last one counts. */
    private static String left(String line) {
        int end = line.length();
        while (end > 0 && line.charAt(end - 1) == '\r') {
            end--;
        }
        return VisibleText.of(line.substring(line.lastIndexOf('\r', end - 1) + 1, end));
    }
}
