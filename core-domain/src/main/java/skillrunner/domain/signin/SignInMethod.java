package skillrunner.domain.signin;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a user does to sign in. */
public enum SignInMethod {
    /** Agrees in a browser, which then calls a listener of ours or of the CLI; what it would have told may be pasted instead. */
    CALLBACK,
    /** Types a code that is shown here into a page, or brings a code or an address from a page back. */
    AUTH_CODE_OR_URL,
    /** Types a key of the provider. */
    API_KEY;

    /**
     * Reads a name from outside.
     *
     * @param text any text
     * @return the method, or empty if there is none of this name
     */
    public static Optional<SignInMethod> parse(String text) {
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
}
