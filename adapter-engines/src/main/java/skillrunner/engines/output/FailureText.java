package skillrunner.engines.output;

/** The words with which an engine says why it failed. */
public final class FailureText {
    /** Longer ones are cut, in characters. */
    public static final int MAX_LENGTH = 4096;

    private FailureText() {}

    /**
     * Cuts what an engine said to a size that can be stored and shown.
     *
     * @param message what it said
     * @return its beginning, whole characters only
     */
    public static String cut(String message) {
        if (message.length() <= MAX_LENGTH) {
            return message;
        }
        boolean splits = Character.isHighSurrogate(message.charAt(MAX_LENGTH - 1));
        return message.substring(0, splits ? MAX_LENGTH - 1 : MAX_LENGTH);
    }
}
