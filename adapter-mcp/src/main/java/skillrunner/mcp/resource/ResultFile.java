package skillrunner.mcp.resource;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skillrunner.application.run.result.RunResult;
import skillrunner.application.storage.StoredBytes;
import skillrunner.domain.run.Run;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Reads the result of a run, which is short enough to be held. */
public final class ResultFile {
    /** Longer answers are no part of a message; their address is told. */
    public static final int MOST_BYTES = 1024 * 1024;

    private final JsonMapper json;

    /**
     * Takes what reads.
     *
     * @param json reads JSON
     */
    public ResultFile(JsonMapper json) {
        this.json = json;
    }

    /**
     * Tells whether a file holds the whole result of a run, as far as that can be told of one that is too long to be read.
     *
     * @param file the file
     * @param run the run
     * @return true if it does
     */
    public boolean says(StoredBytes file, Run run) {
        return file.size() > MOST_BYTES
                || read(file)
                        .filter(result -> RunResult.word(run.status()).equals(result.get("status"))
                                && (result.get("run_id") == null
                                        || run.id().value().equals(result.get("run_id"))))
                        .isPresent();
    }

    /**
     * Reads the answer of the run.
     *
     * @param file the file
     * @return the answer; empty if there is none, or it is long
     */
    public Optional<Map<?, ?>> data(StoredBytes file) {
        return read(file)
                .flatMap(result ->
                        result.get("data") instanceof Map<?, ?> data ? Optional.of(data) : Optional.<Map<?, ?>>empty());
    }

    private Optional<Map<String, @Nullable Object>> read(StoredBytes file) {
        if (file.size() > MOST_BYTES) {
            return Optional.empty();
        }
        try (Reader in = new InputStreamReader(file.open(0), StandardCharsets.UTF_8.newDecoder())) {
            return Optional.ofNullable(json.readValue(in, new TypeReference<Map<String, @Nullable Object>>() {}));
        } catch (JacksonException | IOException e) {
            return Optional.empty();
        }
    }
}
