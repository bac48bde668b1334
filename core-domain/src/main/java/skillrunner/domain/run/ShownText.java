package skillrunner.domain.run;

/** Short texts from outside that are kept to be shown, such as names of models and programs. */
public final class ShownText {
    private static final int REPLACEMENT = 0xFFFD;

    private ShownText() {}

    /**
     * Makes a text harmless: what can't be seen, breaks lines, changes the direction or is half a character is replaced.
     *
     * @param text any text
     * @param most how many characters are kept
     * @return its beginning
     */
    public static String of(String text, int most) {
        return text.codePoints()
                .limit(most)
                .map(character -> isUnseen(character) ? REPLACEMENT : character)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /**
     * Tells whether a character can't be seen or is no whole character.
     *
     * @param character a code point
     * @return true for control, format and unpaired characters and for ends of lines
     */
    public static boolean isUnseen(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
