package skillrunner.domain.problem;

/** The beginning of a text that somebody else wrote, short enough to be repeated to them. */
public final class Excerpt {
    /** Longest name that is repeated whole, in characters. */
    public static final int MAX_NAME = 100;

    private Excerpt() {}

    /**
     * Cuts a name: of a model, an engine, a field, a file.
     *
     * @param name what a client wrote
     * @return the name, or its beginning and an ellipsis
     */
    public static String of(String name) {
        return of(name, MAX_NAME);
    }

    /**
     * Cuts a text, but not through a character.
     *
     * @param text what somebody wrote
     * @param max longest text that stays, in characters
     * @return the text, or its beginning and an ellipsis
     */
    public static String of(String text, int max) {
        if (text.length() <= max) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(max - 1)) ? max - 1 : max;
        return text.substring(0, end) + "\u2026";
    }
}
