package skillrunner.application.run.cache;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import skillrunner.application.json.JsonText;
import skillrunner.domain.run.RunRequest;

/**
 * Digests a question: skill, engine, model, parameters, inline values and files. Two requests with one key may share one
 * answer. Runtime options are not part of it. Safe for concurrent use.
 */
public final class CacheKeys {
    private final JsonText json;

    public CacheKeys(JsonText json) {
        this.json = Objects.requireNonNull(json);
    }

    /**
     * Digests a skill.
     *
     * @param fileHashes path to digest of every file
     * @return SHA-256 in lower-case hex
     */
    public String fingerprint(Map<String, String> fileHashes) {
        return sha256(json.canonical(new TreeMap<>(fileHashes)));
    }

    /**
     * Digests a question.
     *
     * @param request the request
     * @param fingerprint digest of the skill
     * @param files path to SHA-256 of each uploaded file
     * @return SHA-256 in lower-case hex
     */
    public String key(RunRequest request, String fingerprint, Map<String, String> files) {
        List<Object> manifest = new ArrayList<>();
        new TreeMap<>(files).forEach((path, digest) -> manifest.add(Map.of("path", path, "sha256", digest)));
        Map<String, Object> question = new LinkedHashMap<>();
        question.put("skill_id", request.skill().value());
        question.put("skill_fingerprint", fingerprint);
        question.put("engine", request.engine().wire());
        question.put("model", request.model().map(model -> model.name()).orElse(""));
        question.put(
                "model_reasoning_effort",
                request.model().flatMap(model -> model.effort()).orElse(""));
        question.put("parameter", request.parameter());
        question.put("input", request.input());
        question.put("files", manifest);
        return sha256(json.canonical(question));
    }

    /**
     * Digests plain values. The order of members and the white space of their JSON don't count.
     *
     * @param values plain values
     * @return SHA-256 in lower-case hex
     */
    public String digest(Map<String, Object> values) {
        return sha256(json.canonical(values));
    }

    private static String sha256(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
