package skillrunner.domain.signin;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Who talks to the provider while an engine is signed in. */
public enum SignInTransport {
    /** The server itself, over HTTP; no program is started. */
    OAUTH_PROXY("protocol_proxy"),
    /** The engine's own program, which the server drives. */
    CLI_DELEGATE("cli_delegate");

    private final String executionMode;

    SignInTransport(String executionMode) {
        this.executionMode = executionMode;
    }

    /**
     * Reads a name from outside.
     *
     * @param text any text
     * @return the transport, or empty if there is none of this name
     */
    public static Optional<SignInTransport> parse(String text) {
        return Arrays.stream(values()).filter(it -> it.wire().equals(text)).findFirst();
    }

    /**
     * Returns the name in bodies and files.
     *
     * @return lower case with underscores
     */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Returns the name in addresses.
     *
     * @return lower case with dashes
     */
    public String slug() {
        return wire().replace('_', '-');
    }

    /**
     * Returns the name of the state machine that its sessions follow.
     *
     * @return for example {@code oauth_proxy_v1}
     */
    public String stateMachine() {
        return wire() + "_v1";
    }

    /**
     * Returns the name of what carries its sessions out.
     *
     * @return for example {@code oauth_proxy_orchestrator}
     */
    public String orchestrator() {
        return wire() + "_orchestrator";
    }

    /**
     * Returns the word for how the provider is reached.
     *
     * @return {@code protocol_proxy} or {@code cli_delegate}
     */
    public String executionMode() {
        return executionMode;
    }
}
