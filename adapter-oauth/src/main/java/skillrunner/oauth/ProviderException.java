package skillrunner.oauth;

/** A provider did not do what it was asked for. What it says holds nothing secret. */
final class ProviderException extends Exception {
    private static final long serialVersionUID = 1L;

    /** The status of no answer at all. */
    static final int NONE = 0;

    private final String words;
    private final int status;

    ProviderException(String words, int status) {
        super(words);
        this.words = words;
        this.status = status;
    }

    /** For the session's user. */
    String words() {
        return words;
    }

    /** What it answered with, or {@link #NONE}. */
    int status() {
        return status;
    }
}
