package skillrunner.commandline.terminal;

/** How many columns text takes in a terminal: letters of East Asia take two, marks on other letters none. */
final class TextWidth {
    private TextWidth() {}

    static int of(String text) {
        return text.codePoints().map(TextWidth::of).sum();
    }

    /** The beginning of a text that fits into so many columns, with an ellipsis if something is missing. */
    static String cut(String text, int columns) {
        if (of(text) <= columns) {
            return text;
        }
        StringBuilder cut = new StringBuilder();
        int width = 0;
        for (int at = 0; at < text.length(); ) {
            int character = text.codePointAt(at);
            width += of(character);
            if (width > columns - 1) {
                break;
            }
            cut.appendCodePoint(character);
            at += Character.charCount(character);
        }
        return cut.append('…').toString();
    }

    private static int of(int character) {
        return switch (Character.getType(character)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
            default -> isWide(character) ? 2 : 1;
        };
    }

    private static boolean isWide(int character) {
        return between(character, 0x1100, 0x115F)
                || between(character, 0x2E80, 0x303E)
                || between(character, 0x3041, 0xA4CF)
                || between(character, 0xA960, 0xA97F)
                || between(character, 0xAC00, 0xD7A3)
                || between(character, 0xF900, 0xFAFF)
                || between(character, 0xFE30, 0xFE6F)
                || between(character, 0xFF00, 0xFF60)
                || between(character, 0xFFE0, 0xFFE6)
                || between(character, 0x1F300, 0x1F64F)
                || between(character, 0x1F680, 0x1F6FF)
                || between(character, 0x1F900, 0x1F9FF)
                || between(character, 0x20000, 0x3FFFD);
    }

    private static boolean between(int character, int first, int last) {
        return first <= character && character <= last;
    }
}
