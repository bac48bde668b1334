package skillrunner.oauth;

/** The ports of loopback to which providers send a browser back. Their clients are registered with these, so few can be chosen. */
public enum OAuthListener {
    /** Of OpenAI's browser flow. */
    OPENAI(1455),
    /** Of gemini; any port does. */
    GEMINI(0),
    /** Of iFlow. */
    IFLOW(11451),
    /** Of opencode with Google. */
    ANTIGRAVITY(51121);

    private final int usual;

    OAuthListener(int usual) {
        this.usual = usual;
    }

    /**
     * Returns the port that the provider's client is registered with.
     *
     * @return a port; 0 if any does
     */
    public int usual() {
        return usual;
    }

    /**
     * Returns the name of the setting that replaces the port.
     *
     * @return for example {@code SKILL_RUNNER_AUTH_OPENAI_CALLBACK_PORT}
     */
    public String setting() {
        return "SKILL_RUNNER_AUTH_" + name() + "_CALLBACK_PORT";
    }
}
