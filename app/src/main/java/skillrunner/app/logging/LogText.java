package skillrunner.app.logging;

/**
 * Text as a log line may hold it: on one line, without anything that steers a terminal or hides what stands there, and not
 * longer than {@value #MAX_CHARACTERS} characters of the original. Whoever wrote the text can add no line of their own.
 */
final class LogText {
    /** So much of one text is shown at most. */
    static final int MAX_CHARACTERS = 2_000;

    private static final int MAX_BMP = 0xFFFF;

    private LogText() {}

    /**
     * Appends a text.
     *
     * @param line what is written to
     * @param text what somebody wrote
     */
    static void append(StringBuilder line, String text) {
        int end = Math.min(text.length(), MAX_CHARACTERS);
        for (int at = 0; at < end; ) {
            int character = text.codePointAt(at);
            appendVisible(line, character);
            at += Character.charCount(character);
        }
        if (text.length() > end) {
            line.append("... (").append(text.length()).append(" characters)");
        }
    }

    private static void appendVisible(StringBuilder line, int character) {
        switch (character) {
            case '\n' -> line.append("\\n");
            case '\r' -> line.append("\\r");
            case '\t' -> line.append("\\t");
            default -> {
                if (!acts(character)) {
                    line.appendCodePoint(character);
                } else if (character <= MAX_BMP) {
                    line.append(String.format("\\u%04x", character));
                } else {
                    line.append(String.format("\\u{%x}", character));
                }
            }
        }
    }

    /** Whether a character does something instead of showing: controls, line separators, directions, half characters. */
    private static boolean acts(int character) {
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
