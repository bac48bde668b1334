package skillrunner.application.engine;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Where an engine's CLI is and whether it is signed in, as far as files tell.
 *
 * @param location where the CLI is
 * @param credentialFiles the files of its sign-in in the order in which they are shown, and whether each is there
 * @param ready whether a CLI is there and nothing of its sign-in is missing
 * @param life how long what it is signed in with lasts
 * @param expired whether that is over, so that somebody has to sign in again
 */
public record EngineAuth(
        CliLocation location, Map<String, Boolean> credentialFiles, boolean ready, SignInLife life, boolean expired) {
    /** Copies the map and refuses null parts. */
    public EngineAuth {
        Objects.requireNonNull(location);
        Objects.requireNonNull(life);
        credentialFiles = Collections.unmodifiableMap(new LinkedHashMap<>(credentialFiles));
    }
}
