package skillrunner.client;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import skillrunner.client.model.RunStatus;

/**
 * What was asked for and accepted.
 *
 * @param requestId what it is called from now on
 * @param cacheHit whether an earlier run answers it
 * @param status how it stands; null while files are awaited
 * @param warnings stable words, mostly none
 */
public record Submission(String requestId, boolean cacheHit, @Nullable RunStatus status, List<String> warnings) {
    public Submission {
        Objects.requireNonNull(requestId);
        warnings = List.copyOf(warnings);
    }
}
