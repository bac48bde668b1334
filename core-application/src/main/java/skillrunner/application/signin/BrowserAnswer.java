package skillrunner.application.signin;

import java.util.Objects;
import java.util.Optional;

/**
 * What a browser brings when a provider sends it back. All of it may be made up by anybody.
 *
 * @param channel names the address it came to, for example {@code openai}
 * @param state the word by which a session knows its own answer
 * @param code the code, if the provider agreed
 * @param error the provider's word for why it did not
 */
public record BrowserAnswer(String channel, String state, Optional<String> code, Optional<String> error) {
    /** Refuses null parts. */
    public BrowserAnswer {
        Objects.requireNonNull(channel);
        Objects.requireNonNull(state);
        Objects.requireNonNull(code);
        Objects.requireNonNull(error);
    }
}
