package skillrunner.domain.skill;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import skillrunner.domain.json.JsonPointer;
import skillrunner.domain.path.RelativePath;
import skillrunner.domain.skill.PackageFinding.Severity;

/**
 * Reads one manifest once: each key becomes its value or a finding. Null counts as absent, and keys that nobody knows are
 * ignored. Used by one thread.
 */
final class ManifestReading {
    private final Map<String, ?> root;
    private final EngineListRules engines;
    private final Findings findings = new Findings(PackageRules.RUNNER_JSON);

    ManifestReading(Map<String, ?> root, EngineListRules engines) {
        this.root = root;
        this.engines = engines;
    }

    ManifestJudgement judgement() {
        // Findings are told in this order.
        Optional<String> name = label("name");
        Optional<String> description = label("description");
        Optional<Integer> maxAttempt = maxAttempt();
        Map<SchemaKind, String> schemas = schemas();
        List<ArtifactDeclaration> artifacts = ArtifactRules.read(root.get("artifacts"), findings);
        Map<String, Object> entrypoint = entrypoint();
        Map<String, Object> runtime = RuntimeRules.read(root.get("runtime"), findings);
        EngineListRules.Lists lists = engines.read(root, findings);
        Optional<SkillId> id = id();
        List<ExecutionMode> modes = executionModes();
        Optional<SkillVersion> version = version();
        List<PackageFinding> found = findings.all();
        if (id.isEmpty() || found.stream().anyMatch(PackageFinding::degradesSkill)) {
            return new ManifestJudgement.Invalid(found, text("id"), version, schemas);
        }
        return new ManifestJudgement.Valid(
                new SkillManifest(
                        id.get(),
                        name.orElse(id.get().value()),
                        description.orElse(""),
                        text("version"),
                        lists.named(),
                        lists.ruledOut(),
                        modes.isEmpty() ? List.of(ExecutionMode.AUTO) : modes,
                        maxAttempt,
                        schemas,
                        artifacts,
                        entrypoint,
                        runtime),
                found);
    }

    private Optional<String> text(String key) {
        return root.get(key) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    private Optional<String> label(String key) {
        Object value = root.get(key);
        if (value instanceof String text && !text.isBlank()) {
            return Optional.of(text);
        }
        if (value != null) {
            findings.add("/" + key, key + " must be a text that is not blank", "write a text or leave the key out");
        }
        return Optional.empty();
    }

    private Optional<Integer> maxAttempt() {
        Object value = root.get("max_attempt");
        if (value instanceof Number number && isPositiveInteger(number.doubleValue())) {
            return Optional.of(number.intValue());
        }
        if (value != null) {
            findings.add(
                    "/max_attempt",
                    "max_attempt must be a whole number of at least 1",
                    "write a number such as 5, without quotes");
        }
        return Optional.empty();
    }

    private static boolean isPositiveInteger(double size) {
        return size >= 1 && size <= Integer.MAX_VALUE && size == Math.rint(size);
    }

    /** A schema whose path can't be used is looked for at its standard place, so that all that is wrong is told at once. */
    private Map<SchemaKind, String> schemas() {
        Object value = root.get("schemas");
        if (!(value instanceof Map<?, ?> declared)) {
            if (value != null) {
                findings.add("/schemas", "schemas must be an object", "name the paths of input, parameter and output");
            }
            return SchemaKind.standardPaths();
        }
        Map<SchemaKind, String> paths = new EnumMap<>(SchemaKind.class);
        for (SchemaKind kind : SchemaKind.values()) {
            Object path = declared.get(kind.wire());
            if (path == null) {
                continue;
            }
            Optional<String> inside = path instanceof String text
                    ? RelativePath.declared(text).map(RelativePath::text)
                    : Optional.<String>empty();
            if (inside.isEmpty()) {
                findings.add(
                        "/schemas/" + kind.wire(),
                        "schemas." + kind.wire() + " must be a relative path inside the package",
                        "write a path such as " + kind.standardPath());
            }
            paths.put(kind, inside.orElse(kind.standardPath()));
        }
        return paths;
    }

    private Map<String, Object> entrypoint() {
        Object value = root.get("entrypoint");
        if (!(value instanceof Map<?, ?> entrypoint)) {
            if (value != null) {
                findings.add("/entrypoint", "entrypoint must be an object", "write {\"prompts\": {}} or leave it out");
            }
            return Map.of();
        }
        Object prompts = entrypoint.get("prompts");
        if (prompts instanceof Map<?, ?> templates) {
            templates.forEach((engine, template) -> prompt(String.valueOf(engine), template));
        } else if (prompts != null) {
            findings.add("/entrypoint/prompts", "prompts must be an object", "write one template for each engine");
        }
        return present(entrypoint);
    }

    private void prompt(String engine, Object template) {
        String place = JsonPointer.member("/entrypoint/prompts", engine);
        if (!(template instanceof String)) {
            findings.add(place, "a prompt must be a text", "write the template as a text");
        } else if (!engines.promptKeys().contains(engine)) {
            findings.add(
                    Severity.WARNING,
                    place,
                    "no engine has this name, so nobody reads the prompt: " + Findings.shown(engine),
                    "use only " + engines.promptKeys());
        }
    }

    private Optional<SkillId> id() {
        Object value = root.get("id");
        String remedy = "write the name of the package's directory: " + SkillId.ALLOWED;
        if (value == null) {
            findings.add("/id", "id is required", remedy);
        } else if (!(value instanceof String text)) {
            findings.add("/id", "id must be a text", remedy);
        } else {
            Optional<SkillId> id = SkillId.parse(text);
            if (id.isEmpty()) {
                findings.add("/id", "the id has a form that is not allowed: '" + Findings.shown(text) + "'", remedy);
            }
            return id;
        }
        return Optional.empty();
    }

    private List<ExecutionMode> executionModes() {
        Object value = root.get("execution_modes");
        String allowed = "use \"auto\", \"interactive\" or both";
        if (!(value instanceof List<?> named) || named.isEmpty()) {
            findings.add(
                    value == null ? Severity.PACKAGE_ERROR : Severity.ERROR,
                    "/execution_modes",
                    "execution_modes must be a non-empty array",
                    allowed);
            return List.of();
        }
        List<ExecutionMode> modes = new ArrayList<>();
        for (int i = 0; i < named.size(); i++) {
            Optional<ExecutionMode> mode =
                    named.get(i) instanceof String name ? ExecutionMode.parse(name) : Optional.<ExecutionMode>empty();
            if (mode.isEmpty()) {
                findings.add(
                        "/execution_modes/" + i,
                        "execution_modes holds an unknown mode: " + Findings.shown(String.valueOf(named.get(i))),
                        allowed);
            } else if (modes.contains(mode.get())) {
                findings.add(
                        "/execution_modes/" + i, "execution_modes names " + named.get(i) + " twice", "name it once");
            } else {
                modes.add(mode.get());
            }
        }
        return modes;
    }

    private Optional<SkillVersion> version() {
        Object value = root.get("version");
        Optional<SkillVersion> version = text("version").flatMap(SkillVersion::parse);
        if (version.isEmpty()) {
            findings.add(
                    value == null || value instanceof String ? Severity.INSTALL_ERROR : Severity.ERROR,
                    "/version",
                    value == null
                            ? "invalid version: version is required"
                            : "invalid version: " + Findings.shown(String.valueOf(value)),
                    "write a version such as 1.0.0 or 1.1.0-rc.1 as a text");
        }
        return version;
    }

    /** The members of an object; null counts as absent. */
    static Map<String, Object> present(Map<?, ?> object) {
        Map<String, Object> members = new LinkedHashMap<>();
        object.forEach((key, value) -> {
            if (value != null) {
                members.put(String.valueOf(key), value);
            }
        });
        return members;
    }
}
