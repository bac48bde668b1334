package skillrunner.application.run.turn;

import java.util.Map;
import java.util.Objects;

/**
 * A run's workspace as it was made.
 *
 * @param directory its absolute path
 * @param uploads the uploaded files at the top level of the upload, name to absolute path
 */
public record Workspace(String directory, Map<String, String> uploads) {
    /** Copies the map and refuses null parts. */
    public Workspace {
        Objects.requireNonNull(directory);
        uploads = Map.copyOf(uploads);
    }
}
