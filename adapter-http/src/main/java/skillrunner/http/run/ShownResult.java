package skillrunner.http.run;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skillrunner.application.run.result.ReadRunResult;
import skillrunner.application.storage.StoredBytes;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.run.Run;
import skillrunner.http.WireFormat;
import tools.jackson.core.type.TypeReference;

/**
 * The answer of a run as far as a page shows it.
 *
 * @param data the answer, or null if there is none, it is too long or lost
 * @param tooLong whether it can only be had from the API
 * @param lost whether it is not on the disk any more
 */
record ShownResult(@Nullable Object data, boolean tooLong, boolean lost) {
    private static final ShownResult LOST = new ShownResult(null, false, true);

    private static final int MAX_BYTES = 256 * 1024;

    /** Reads it. @return empty if there is no answer */
    static Optional<ShownResult> of(ReadRunResult results, Run run) {
        StoredBytes stored;
        try {
            stored = results.read(run, JsonDocument::says);
        } catch (RefusedException e) {
            return Optional.of(LOST);
        }
        if (stored.size() > MAX_BYTES) {
            return Optional.of(new ShownResult(null, true, false));
        }
        try (InputStream in = stored.open(0)) {
            Map<String, Object> result = WireFormat.mapper().readValue(in, new TypeReference<Map<String, Object>>() {});
            return Optional.ofNullable(result.get("data")).map(data -> new ShownResult(data, false, false));
        } catch (IOException e) {
            return Optional.of(LOST);
        }
    }
}
