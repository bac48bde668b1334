package skillrunner.oauth;

/** What became of an answer that a browser brought. */
enum CallbackOutcome {
    /** The engine is signed in. */
    SIGNED_IN(200, "Signed in", "The engine is signed in. You can close this page."),
    /** It belongs to the session, and the session has ended otherwise. */
    NOT_SIGNED_IN(400, "Not signed in", "The sign-in did not succeed. Skill Runner's page says why."),
    /** It belongs to no session, or came before. */
    UNKNOWN(400, "Unknown answer", "This answer belongs to no sign-in that is under way, or was brought before."),
    /** It came to an end that nobody foresaw. */
    BROKEN(500, "Server error", "The sign-in broke off unexpectedly. The server's log says why.");

    private final int status;
    private final String title;
    private final String words;

    CallbackOutcome(int status, String title, String words) {
        this.status = status;
        this.title = title;
        this.words = words;
    }

    int status() {
        return status;
    }

    String title() {
        return title;
    }

    String words() {
        return words;
    }
}
