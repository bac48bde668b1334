package skillrunner.delegate;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * What an operator sets.
 *
 * @param agentHome the home of the engines, in which they look for their credentials
 * @param openAiIssuer whom codex signs in at, if not at its own provider
 * @param patience how long a program may show nothing that is known
 */
public record DelegateSettings(Path agentHome, Optional<String> openAiIssuer, Duration patience) {
    /** The usual patience: a program may have to be loaded, and to load a plugin. */
    public static final Duration USUAL_PATIENCE = Duration.ofSeconds(60);

    /** Refuses null parts. */
    public DelegateSettings {
        Objects.requireNonNull(agentHome);
        Objects.requireNonNull(openAiIssuer);
        Objects.requireNonNull(patience);
    }
}
