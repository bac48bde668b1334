package skillrunner.domain.signin;

import java.util.Objects;
import java.util.Optional;

/**
 * What the user of a sign-in session is asked to do.
 *
 * @param address the page to open; not yet judged, so nobody may link to it before its scheme was looked at
 * @param userCode the code to type into that page
 * @param input what to type here
 */
public record SignInPrompt(Optional<String> address, Optional<String> userCode, Optional<SignInInputKind> input) {
    /** Nothing yet. */
    public static final SignInPrompt NOTHING = new SignInPrompt(Optional.empty(), Optional.empty(), Optional.empty());

    /** Refuses null parts. */
    public SignInPrompt {
        Objects.requireNonNull(address);
        Objects.requireNonNull(userCode);
        Objects.requireNonNull(input);
    }

    /**
     * Open a page and bring something back.
     *
     * @param address the page
     * @param input what to bring
     * @return the prompt
     */
    public static SignInPrompt page(String address, SignInInputKind input) {
        return new SignInPrompt(Optional.of(address), Optional.empty(), Optional.of(input));
    }

    /**
     * Open a page and type a code there.
     *
     * @param address the page
     * @param userCode the code
     * @return the prompt
     */
    public static SignInPrompt code(String address, String userCode) {
        return new SignInPrompt(Optional.of(address), Optional.of(userCode), Optional.empty());
    }

    /**
     * Type a key.
     *
     * @return the prompt
     */
    public static SignInPrompt key() {
        return new SignInPrompt(Optional.empty(), Optional.empty(), Optional.of(SignInInputKind.API_KEY));
    }

    /**
     * Returns the page where the code is typed.
     *
     * @return the address, if there is a code to type
     */
    public Optional<String> verificationAddress() {
        return userCode.isPresent() ? address : Optional.empty();
    }
}
