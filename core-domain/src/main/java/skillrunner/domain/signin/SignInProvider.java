package skillrunner.domain.signin;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A provider of models that an engine with several of them can be signed in to.
 *
 * @param id its name on the wire, as the engine names it
 * @param name its name for people
 */
public record SignInProvider(String id, String name) {
    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");

    /** Refuses an id of another form and an empty name. */
    public SignInProvider {
        if (!FORM.matcher(id).matches() || name.isBlank()) {
            throw new IllegalArgumentException("not a provider: " + id);
        }
    }

    /**
     * Tells whether an optional provider is this one.
     *
     * @param provider a provider's id, or none
     * @return whether it names this provider
     */
    public boolean is(Optional<String> provider) {
        return provider.filter(id::equals).isPresent();
    }
}
