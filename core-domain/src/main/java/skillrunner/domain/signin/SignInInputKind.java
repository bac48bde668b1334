package skillrunner.domain.signin;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a session lets its user type. */
public enum SignInInputKind {
    /** A code that a page showed. */
    CODE,
    /** A code, or the address to which a browser was sent. */
    TEXT,
    /** A key of the provider. */
    API_KEY;

    /**
     * Reads a name from outside.
     *
     * @param text any text
     * @return the kind, or empty if there is none of this name
     */
    public static Optional<SignInInputKind> parse(String text) {
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
     * Tells whether an answer of a kind fits a session that asks for this one. Codes and texts stand for each other; a key
     * stands for itself.
     *
     * @param given the kind of an answer
     * @return whether the answer may be looked at
     */
    public boolean takes(SignInInputKind given) {
        return (this == API_KEY) == (given == API_KEY);
    }
}
