package skillrunner.commandline.terminal;

/**
 * Text of others as a terminal may show it. Nothing in it moves the cursor, names the window, reaches the clipboard or turns
 * the direction of reading round: what would do something stands there as its number instead.
 */
public final class VisibleText {
    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
    private static final int ZERO_WIDTH_JOINER = 0x200D;
    private static final int MAX_BMP = 0xFFFF;

    private VisibleText() {}

    /**
     * Makes text of several lines visible; ends of lines and tabs stay.
     *
     * @param text what somebody else wrote
     * @return the same without anything that acts
     */
    public static String lines(String text) {
        return visible(text.replace("\r\n", "\n"), true);
    }

    /**
     * Makes text visible that has to stay on one line: ends of lines become blanks.
     *
     * @param text what somebody else wrote
     * @return the same on one line, without anything that acts
     */
    public static String line(String text) {
        return visible(text.strip().replaceAll("\\s*[\\r\\n]\\s*", " ").replace('\t', ' '), false);
    }

    /**
     * Makes text visible of which every character counts, such as a command: also blanks at its ends, ends of lines and
     * tabs are shown.
     *
     * @param text what is to be seen exactly
     * @return the same with a sign for everything that can't be seen
     */
    public static String exactly(String text) {
        return visible(text, false);
    }

    /**
     * Escapes in a JSON document what a terminal would act on. The document stays the same document.
     *
     * @param json a JSON text
     * @return an equal JSON text
     */
    public static String json(String json) {
        StringBuilder shown = new StringBuilder(json.length());
        for (int at = 0; at < json.length(); at++) {
            char character = json.charAt(at);
            boolean pair = Character.isHighSurrogate(character)
                    && at + 1 < json.length()
                    && Character.isLowSurrogate(json.charAt(at + 1));
            int whole = pair ? json.codePointAt(at) : character;
            if (character == '\n' || character == '\r' || character == '\t' || !acts(whole)) {
                shown.appendCodePoint(whole);
            } else {
                shown.append(String.format("\\u%04x", (int) character));
                if (pair) {
                    shown.append(String.format("\\u%04x", (int) json.charAt(at + 1)));
                }
            }
            at += pair ? 1 : 0;
        }
        return shown.toString();
    }

    private static String visible(String text, boolean layout) {
        StringBuilder shown = new StringBuilder(text.length());
        text.codePoints().forEach(character -> {
            if (!acts(character) || (layout && (character == '\n' || character == '\t'))) {
                shown.appendCodePoint(character);
            } else {
                shown.append(String.format(character <= MAX_BMP ? "\\u%04x" : "\\u{%x}", character));
            }
        });
        return shown.toString();
    }

    /** Whether a character does something instead of showing. Joiners are part of how emoji and some scripts are written. */
    private static boolean acts(int character) {
        if (character == ZERO_WIDTH_JOINER || character == ZERO_WIDTH_NON_JOINER) {
            return false;
        }
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> true;
            default -> false;
        };
    }
}
