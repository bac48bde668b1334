package skillrunner.workspace.skill;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.skill.ArtifactDeclaration;
import skillrunner.domain.skill.ExecutionMode;
import skillrunner.domain.skill.SchemaKind;
import skillrunner.domain.skill.SkillId;
import skillrunner.domain.skill.SkillManifest;

/** Reads {@code assets/runner.json} of an installed skill. Unknown keys are ignored. */
final class RunnerJson {
    private static final Logger LOG = LoggerFactory.getLogger(RunnerJson.class);

    private final Map<String, Object> root;
    private final Collection<EngineId> knownEngines;

    private RunnerJson(Map<String, Object> root, Collection<EngineId> knownEngines) {
        this.root = root;
        this.knownEngines = knownEngines;
    }

    /**
     * Reads a manifest.
     *
     * @param root the file as plain values
     * @param knownEngines every engine there is
     * @return the manifest; its artifacts are empty if it declares none
     * @throws UnreadableSkillException naming the first key that is wrong
     */
    static SkillManifest read(Map<String, Object> root, Collection<EngineId> knownEngines) {
        return new RunnerJson(root, knownEngines).read();
    }

    private SkillManifest read() {
        SkillId id = SkillId.parse(text("id").orElse(""))
                .orElseThrow(() -> wrong("id", "must be 1 to 64 letters, digits, '.', '_' or '-'"));
        SkillManifest manifest = new SkillManifest(
                id,
                text("name").orElse(id.value()),
                text("description").orElse(""),
                text("version"),
                engines("engines"),
                unsupportedEngines(),
                executionModes(id),
                maxAttempt(),
                schemas(),
                artifacts(),
                object("entrypoint"),
                object("runtime"));
        if (manifest.effectiveEngines(knownEngines).isEmpty()) {
            throw wrong("engines", "no engine is left after the ones ruled out");
        }
        return manifest;
    }

    private Optional<String> text(String key) {
        Object value = root.get(key);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof String text && !text.isBlank()) {
            return Optional.of(text);
        }
        throw wrong(key, "must be a text that is not blank");
    }

    private Map<String, Object> object(String key) {
        Map<String, Object> copy = new LinkedHashMap<>();
        if (root.get(key) instanceof Map<?, ?> map) {
            map.forEach((name, value) -> {
                if (value != null) {
                    copy.put(String.valueOf(name), value);
                }
            });
        }
        return copy;
    }

    private List<EngineId> unsupportedEngines() {
        LinkedHashSet<EngineId> denied = new LinkedHashSet<>(engines("unsupported_engines"));
        denied.addAll(engines("unsupport_engine"));
        return List.copyOf(denied);
    }

    private List<EngineId> engines(String key) {
        if (root.get(key) == null) {
            return List.of();
        }
        List<EngineId> engines = new ArrayList<>();
        for (Object name : list(key)) {
            engines.add(EngineId.parse(String.valueOf(name))
                    .filter(knownEngines::contains)
                    .orElseThrow(() -> wrong(key, "holds an unknown engine")));
        }
        return engines;
    }

    private List<ExecutionMode> executionModes(SkillId id) {
        if (root.get("execution_modes") == null) {
            LOG.warn("skill {} declares no execution_modes; it is taken as auto", id);
            return List.of(ExecutionMode.AUTO);
        }
        List<ExecutionMode> modes = new ArrayList<>();
        for (Object name : list("execution_modes")) {
            modes.add(ExecutionMode.parse(String.valueOf(name))
                    .orElseThrow(() -> wrong("execution_modes", "holds an unknown mode")));
        }
        if (modes.isEmpty()) {
            throw wrong("execution_modes", "must not be empty");
        }
        return modes;
    }

    private Optional<Integer> maxAttempt() {
        Object value = root.get("max_attempt");
        if (value == null) {
            return Optional.empty();
        }
        try {
            int limit = value instanceof Number number ? new BigDecimal(number.toString()).intValueExact() : 0;
            if (limit >= 1) {
                return Optional.of(limit);
            }
        } catch (ArithmeticException e) {
            // the message below fits
        }
        throw wrong("max_attempt", "must be a whole number of at least 1");
    }

    private Map<SchemaKind, String> schemas() {
        Map<SchemaKind, String> paths = new EnumMap<>(SchemaKind.class);
        Map<String, Object> declared = object("schemas");
        for (SchemaKind kind : SchemaKind.values()) {
            Object path = declared.get(kind.wire());
            if (path instanceof String text) {
                paths.put(kind, text);
            } else if (path != null) {
                throw wrong("schemas." + kind.wire(), "must be a path");
            } else if (root.get("schemas") == null) {
                paths.put(kind, kind.standardPath());
            }
        }
        return paths;
    }

    private List<ArtifactDeclaration> artifacts() {
        if (root.get("artifacts") == null) {
            return List.of();
        }
        List<ArtifactDeclaration> artifacts = new ArrayList<>();
        for (Object item : list("artifacts")) {
            if (!(item instanceof Map<?, ?> map
                    && map.get("role") instanceof String role
                    && map.get("pattern") instanceof String pattern)) {
                throw wrong("artifacts", "holds an item without role or pattern");
            }
            artifacts.add(new ArtifactDeclaration(
                    role,
                    pattern,
                    map.get("mime") instanceof String mime ? Optional.of(mime) : Optional.empty(),
                    Boolean.TRUE.equals(map.get("required"))));
        }
        return artifacts;
    }

    private List<?> list(String key) {
        @Nullable Object value = root.get(key);
        if (value instanceof List<?> list) {
            return list;
        }
        throw wrong(key, "must be a list");
    }

    private static UnreadableSkillException wrong(String key, String reason) {
        return new UnreadableSkillException("assets/runner.json: " + key + ": " + reason);
    }
}
