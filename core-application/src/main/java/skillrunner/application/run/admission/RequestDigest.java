package skillrunner.application.run.admission;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import skillrunner.application.run.cache.CacheKeys;

/**
 * Tells whether two requests under one key ask for the same, runtime options included. The digests are stored: what is
 * digested here, and under which names, stays as it is, whatever becomes of the API.
 */
final class RequestDigest {
    private final CacheKeys keys;

    RequestDigest(CacheKeys keys) {
        this.keys = Objects.requireNonNull(keys);
    }

    /** Digests everything that is asked for. */
    String of(CreateRunCommand command) {
        Map<String, Object> asked = new LinkedHashMap<>();
        asked.put("skill_id", command.skillId());
        asked.put("engine", command.engine());
        asked.put("input", command.input());
        asked.put("parameter", command.parameter());
        command.model().ifPresent(name -> asked.put("model", name));
        asked.put("runtime_options", command.runtimeOptions());
        asked.put("await_upload", command.awaitUpload());
        return keys.digest(asked);
    }

    /** Digests everything that is asked for; never the same as of a job. */
    String of(CreateTempRunCommand command) {
        Map<String, Object> asked = new LinkedHashMap<>();
        asked.put("kind", "temp");
        asked.put("engine", command.engine());
        asked.put("input", command.input());
        asked.put("parameter", command.parameter());
        command.model().ifPresent(name -> asked.put("model", name));
        asked.put("runtime_options", command.runtimeOptions());
        return keys.digest(asked);
    }
}
