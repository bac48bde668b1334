package skillrunner.domain.signin;

import java.util.Optional;
import skillrunner.domain.id.UuidForm;

/**
 * Names a sign-in session. Safe as a path segment and as the name of a folder.
 *
 * @param value a UUID in lower case
 */
public record SignInId(String value) {
    /** Refuses any other form. */
    public SignInId {
        UuidForm.require(value, "an id of a sign-in session");
    }

    /**
     * Reads an id from outside.
     *
     * @param text any text
     * @return the id, or empty if the text does not have the form
     */
    public static Optional<SignInId> parse(String text) {
        return UuidForm.matches(text) ? Optional.of(new SignInId(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
