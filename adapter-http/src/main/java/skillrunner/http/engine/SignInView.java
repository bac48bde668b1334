package skillrunner.http.engine;

import java.util.List;
import java.util.Objects;
import skillrunner.http.signin.SignInPage;

/**
 * The part of the page that signs engines in.
 *
 * @param transports what can be chosen
 * @param document what the script is given, as JSON
 */
public record SignInView(List<SignInPage.Transport> transports, String document) {
    /** Copies the list. */
    public SignInView {
        transports = List.copyOf(transports);
        Objects.requireNonNull(document);
    }
}
