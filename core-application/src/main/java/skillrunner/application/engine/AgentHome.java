package skillrunner.application.engine;

import java.util.Optional;

/** The home folder all agent CLIs share; holds their configuration and credentials. Safe for concurrent use. */
public interface AgentHome {
    /**
     * Reads a file of the home.
     *
     * @param path path below the home
     * @return its text, or empty if there is none
     */
    Optional<String> readText(String path);

    /**
     * Tells whether the home holds a file.
     *
     * @param path path below the home
     * @return true if it is a regular file
     */
    default boolean holds(String path) {
        return readText(path).isPresent();
    }
}
