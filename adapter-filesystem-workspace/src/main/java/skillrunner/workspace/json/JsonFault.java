package skillrunner.workspace.json;

/** Says in words for authors why a reader of JSON stopped at a character. */
final class JsonFault {
    private JsonFault() {}

    /**
     * Explains a fault.
     *
     * @param text the whole text
     * @param offset the place of the character at which the reader stopped
     * @return a clause without a full stop
     */
    static String explain(String text, int offset) {
        if (offset < 0 || offset >= text.length()) {
            return "the file ends before the JSON does";
        }
        char c = text.charAt(offset);
        char before = lastBefore(text, offset);
        if ((c == '}' || c == ']') && before == ',') {
            return "there is a comma too many before '" + c + "'";
        }
        if (offset > 0 && text.charAt(offset - 1) == '\\') {
            return "'\\" + shown(c) + "' is no escape that JSON knows";
        }
        return switch (c) {
            case '/', '#' -> "JSON has no comments";
            case '\'', '\u2018', '\u2019', '\u201C', '\u201D' -> "keys and texts stand in straight double quotes";
            case '}', ']', ':', ',' -> "'" + c + "' is not expected here";
            case '"', '{', '[' -> "a comma or a colon is missing before '" + c + "'";
            default ->
                c < ' '
                        ? "a text holds a line break or a control character; write it as an escape such as \\n"
                        : "'" + shown(c) + "' is not expected here; keys and texts stand in double quotes";
        };
    }

    private static char lastBefore(String text, int offset) {
        int i = offset - 1;
        while (i >= 0 && Character.isWhitespace(text.charAt(i))) {
            i--;
        }
        return i < 0 ? ' ' : text.charAt(i);
    }

    private static String shown(char c) {
        return c < ' ' || Character.isSurrogate(c) ? String.format("U+%04X", (int) c) : String.valueOf(c);
    }
}
