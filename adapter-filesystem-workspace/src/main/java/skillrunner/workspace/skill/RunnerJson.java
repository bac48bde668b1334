package skillrunner.workspace.skill;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.skill.ArtifactDeclaration;
import skillrunner.domain.skill.ExecutionMode;
import skillrunner.domain.skill.SchemaKind;
import skillrunner.domain.skill.SkillId;
import skillrunner.domain.skill.SkillManifest;

/**
 * Makes a manifest of an {@code assets/runner.json} in which {@link skillrunner.domain.skill.PackageRules} found nothing
 * that degrades a skill. Unknown keys are ignored.
 */
final class RunnerJson {
    private final Map<String, Object> root;

    private RunnerJson(Map<String, Object> root) {
        this.root = root;
    }

    /**
     * Makes a manifest.
     *
     * @param root the file as plain values
     * @return the manifest; its artifacts are empty if it declares none, and its mode is auto if it names none
     */
    static SkillManifest read(Map<String, Object> root) {
        return new RunnerJson(root).manifest();
    }

    private SkillManifest manifest() {
        SkillId id = new SkillId(text("id").orElseThrow());
        Set<EngineId> denied = new LinkedHashSet<>(engines("unsupported_engines"));
        denied.addAll(engines("unsupport_engine"));
        List<ExecutionMode> modes = texts("execution_modes").stream()
                .map(ExecutionMode::parse)
                .flatMap(Optional::stream)
                .toList();
        return new SkillManifest(
                id,
                text("name").orElse(id.value()),
                text("description").orElse(""),
                text("version"),
                engines("engines"),
                List.copyOf(denied),
                modes.isEmpty() ? List.of(ExecutionMode.AUTO) : modes,
                root.get("max_attempt") instanceof Number limit ? Optional.of(limit.intValue()) : Optional.empty(),
                schemas(),
                artifacts(),
                object("entrypoint"),
                object("runtime"));
    }

    private Optional<String> text(String key) {
        return root.get(key) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    private List<String> texts(String key) {
        return root.get(key) instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    private List<EngineId> engines(String key) {
        return texts(key).stream()
                .map(EngineId::parse)
                .flatMap(Optional::stream)
                .toList();
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

    private Map<SchemaKind, String> schemas() {
        Map<SchemaKind, String> paths = new EnumMap<>(SchemaKind.class);
        Map<String, Object> declared = object("schemas");
        for (SchemaKind kind : SchemaKind.values()) {
            if (declared.get(kind.wire()) instanceof String path) {
                paths.put(kind, path);
            } else if (root.get("schemas") == null) {
                paths.put(kind, kind.standardPath());
            }
        }
        return paths;
    }

    private List<ArtifactDeclaration> artifacts() {
        List<ArtifactDeclaration> artifacts = new ArrayList<>();
        if (root.get("artifacts") instanceof List<?> items) {
            for (Object item : items) {
                if (item instanceof Map<?, ?> map
                        && map.get("role") instanceof String role
                        && map.get("pattern") instanceof String pattern) {
                    artifacts.add(new ArtifactDeclaration(
                            role,
                            pattern,
                            map.get("mime") instanceof String mime ? Optional.of(mime) : Optional.empty(),
                            Boolean.TRUE.equals(map.get("required"))));
                }
            }
        }
        return artifacts;
    }
}
