package skillrunner.oauth;

/** A provider did not do what it was asked for. What it says holds nothing secret. */
final class ProviderException extends Exception {
    private static final long serialVersionUID = 1L;

    /** The status of no answer at all. */
    static final int NONE = 0;

    private static final int OK = 200;

    private final String words;
    private final int status;
    private final boolean sent;
    private final boolean account;

    ProviderException(String words, int status) {
        this(words, status, true, false);
    }

    private ProviderException(String words, int status, boolean sent, boolean account) {
        super(words);
        this.words = words;
        this.status = status;
        this.sent = sent;
        this.account = account;
    }

    /** It can't have seen what it was to be asked. */
    static ProviderException unsent(String words) {
        return new ProviderException(words, NONE, false, false);
    }

    /** It knows the user, and does not let him in. */
    static ProviderException ofAccount(String words) {
        return new ProviderException(words, OK, true, true);
    }

    /** For the session's user. */
    String words() {
        return words;
    }

    /** Whether it is the account that it does not want. */
    boolean refusesAccount() {
        return account;
    }

    /** Whether it may have seen what it was asked. */
    boolean sent() {
        return sent;
    }

    /** What it answered with, or {@link #NONE}. */
    int status() {
        return status;
    }
}
