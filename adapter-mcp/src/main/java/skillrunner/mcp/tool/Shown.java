package skillrunner.mcp.tool;

import skillrunner.domain.problem.Excerpt;

/** Words of skills and agents as they may reach a terminal: without what moves its cursor or hides something, and not too long. */
final class Shown {
    private static final int LONGEST_LINE = 1_000;
    private static final int LONGEST_TEXT = 8_000;

    private Shown() {}

    static String line(String text) {
        return Excerpt.of(clean(text, false), LONGEST_LINE);
    }

    static String text(String text) {
        return Excerpt.of(clean(text, true), LONGEST_TEXT);
    }

    private static String clean(String text, boolean lines) {
        StringBuilder clean = new StringBuilder(Math.min(text.length(), LONGEST_TEXT + 2));
        text.codePoints().limit(LONGEST_TEXT + 1L).forEach(c -> {
            boolean kept = lines && (c == '\n' || c == '\t');
            if (kept) {
                clean.appendCodePoint(c);
            } else if (c == '\n' || c == '\r' || c == '\t') {
                clean.append(' ');
            } else if (isHidden(c)) {
                clean.append('\uFFFD');
            } else {
                clean.appendCodePoint(c);
            }
        });
        return clean.toString();
    }

    private static boolean isHidden(int c) {
        int type = Character.getType(c);
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.SURROGATE
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }
}
