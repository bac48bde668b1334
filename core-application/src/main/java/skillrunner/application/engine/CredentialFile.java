package skillrunner.application.engine;

import java.util.Objects;

/**
 * A file that a CLI keeps its sign-in in.
 *
 * @param name the name it is shown and imported under
 * @param path where it lies below the agent home
 * @param required whether the CLI is not signed in without it
 */
public record CredentialFile(String name, String path, boolean required) {
    /** Refuses null parts. */
    public CredentialFile {
        Objects.requireNonNull(name);
        Objects.requireNonNull(path);
    }
}
