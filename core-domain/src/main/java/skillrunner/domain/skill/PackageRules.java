package skillrunner.domain.skill;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.skill.PackageFinding.Severity;

/**
 * The rules for {@code assets/runner.json} and for the identity of a package. Works on plain values: maps, lists, texts,
 * numbers and null, which counts as absent. Unknown keys are ignored.
 */
public final class PackageRules {
    /** Path of the manifest inside a package. */
    public static final String RUNNER_JSON = "assets/runner.json";

    /** Path of the instructions inside a package. */
    public static final String SKILL_MD = "SKILL.md";

    private final EngineListRules engines;

    /**
     * Takes the engines a package may name.
     *
     * @param known every engine there is
     */
    public PackageRules(Collection<EngineId> known) {
        this.engines = new EngineListRules(known);
    }

    /**
     * Checks a manifest.
     *
     * @param manifest the root object
     * @return what is wrong, in the order of the rules
     */
    public List<PackageFinding> manifest(Map<String, ?> manifest) {
        Findings findings = new Findings(RUNNER_JSON);
        texts(manifest, findings);
        maxAttempt(manifest, findings);
        schemas(manifest, findings);
        ArtifactRules.check(manifest, findings);
        entrypoint(manifest, findings);
        RuntimeRules.check(manifest, findings);
        engines.check(manifest, findings);
        id(manifest, findings);
        executionModes(manifest, findings);
        version(manifest, findings);
        return findings.all();
    }

    /**
     * Checks that a package has one name everywhere.
     *
     * @param folder the top-level folder
     * @param id the manifest's id, if it has one
     * @param name the name in the front matter, if it has one
     * @return what is wrong; nothing if a name is missing, for that is another rule's business
     */
    public static List<PackageFinding> identity(String folder, Optional<String> id, Optional<String> name) {
        if (id.filter(folder::equals).equals(id) && name.filter(folder::equals).equals(name)) {
            return List.of();
        }
        return List.of(new PackageFinding(
                "",
                "",
                "Skill identity mismatch: the top-level directory is '" + shown(folder) + "'"
                        + id.map(text -> ", runner.json id is '" + shown(text) + "'")
                                .orElse("")
                        + name.map(text -> ", SKILL.md name is '" + shown(text) + "'")
                                .orElse(""),
                "give the directory, the id in assets/runner.json and the name in SKILL.md the same text"));
    }

    /**
     * Returns where a manifest says the schemas lie, and the standard places.
     *
     * @param manifest the root object
     * @param kind which schema
     * @return the declared path if it is one inside the package, else the standard path
     */
    public static String schemaPath(Map<String, ?> manifest, SchemaKind kind) {
        return manifest.get("schemas") instanceof Map<?, ?> schemas
                        && schemas.get(kind.wire()) instanceof String path
                        && isInside(path)
                ? path
                : kind.standardPath();
    }

    /** Tells whether a path is relative and can't lead out of the folder it is meant for. */
    static boolean isInside(String path) {
        if (path.isBlank() || path.startsWith("/") || path.indexOf('\\') >= 0 || path.indexOf('\0') >= 0) {
            return false;
        }
        String[] segments = path.split("/", -1);
        for (String segment : segments) {
            if (segment.equals("..")) {
                return false;
            }
        }
        return !segments[0].matches("[A-Za-z]:.*") && !segments[0].endsWith(":");
    }

    static String shown(String text) {
        String printable = text.replaceAll("\\p{Cntrl}", "?");
        return printable.length() <= 100 ? printable : printable.substring(0, 100) + "...";
    }

    private static void texts(Map<String, ?> manifest, Findings findings) {
        for (String key : List.of("name", "description")) {
            Object value = manifest.get(key);
            if (value != null && !(value instanceof String text && !text.isBlank())) {
                findings.add("/" + key, key + " must be a text that is not blank", "write a text or leave the key out");
            }
        }
    }

    private static void maxAttempt(Map<String, ?> manifest, Findings findings) {
        Object value = manifest.get("max_attempt");
        if (value != null && !isPositiveInteger(value)) {
            findings.add(
                    "/max_attempt",
                    "max_attempt must be a whole number of at least 1",
                    "write a number such as 5, without quotes");
        }
    }

    private static boolean isPositiveInteger(Object value) {
        if (!(value instanceof Number number)) {
            return false;
        }
        double size = number.doubleValue();
        return size >= 1 && size <= Integer.MAX_VALUE && size == Math.rint(size);
    }

    private static void schemas(Map<String, ?> manifest, Findings findings) {
        Object value = manifest.get("schemas");
        if (value == null) {
            return;
        }
        if (!(value instanceof Map<?, ?> schemas)) {
            findings.add("/schemas", "schemas must be an object", "name the paths of input, parameter and output");
            return;
        }
        for (SchemaKind kind : SchemaKind.values()) {
            Object path = schemas.get(kind.wire());
            if (path != null && !(path instanceof String text && isInside(text))) {
                findings.add(
                        "/schemas/" + kind.wire(),
                        "schemas." + kind.wire() + " must be a relative path inside the package",
                        "write a path such as " + kind.standardPath());
            }
        }
    }

    private void entrypoint(Map<String, ?> manifest, Findings findings) {
        Object value = manifest.get("entrypoint");
        if (value == null) {
            return;
        }
        if (!(value instanceof Map<?, ?> entrypoint)) {
            findings.add("/entrypoint", "entrypoint must be an object", "write {\"prompts\": {}} or leave it out");
            return;
        }
        Object prompts = entrypoint.get("prompts");
        if (prompts instanceof Map<?, ?> templates) {
            templates.forEach((engine, template) -> {
                String place = "/entrypoint/prompts/" + pointer(String.valueOf(engine));
                if (!(template instanceof String)) {
                    findings.add(place, "a prompt must be a text", "write the template as a text");
                } else if (!engines.promptKeys().contains(String.valueOf(engine))) {
                    findings.add(
                            Severity.WARNING,
                            place,
                            "no engine has this name, so nobody reads the prompt: " + shown(String.valueOf(engine)),
                            "use only " + engines.promptKeys());
                }
            });
        } else if (prompts != null) {
            findings.add("/entrypoint/prompts", "prompts must be an object", "write one template for each engine");
        }
    }

    static boolean isListOfTexts(Object value) {
        return value instanceof List<?> list && list.stream().allMatch(String.class::isInstance);
    }

    private static void id(Map<String, ?> manifest, Findings findings) {
        Object id = manifest.get("id");
        String remedy = "write the name of the package's directory: " + SkillId.ALLOWED;
        if (id == null) {
            findings.add("/id", "id is required", remedy);
        } else if (!(id instanceof String text)) {
            findings.add("/id", "id must be a text", remedy);
        } else if (SkillId.parse(text).isEmpty()) {
            findings.add("/id", "the id has a form that is not allowed: '" + shown(text) + "'", remedy);
        }
    }

    private static void executionModes(Map<String, ?> manifest, Findings findings) {
        Object value = manifest.get("execution_modes");
        String allowed = "use \"auto\", \"interactive\" or both";
        if (!(value instanceof List<?> modes) || modes.isEmpty()) {
            findings.add(
                    value == null ? Severity.PACKAGE_ERROR : Severity.ERROR,
                    "/execution_modes",
                    "execution_modes must be a non-empty array",
                    allowed);
            return;
        }
        Set<Object> seen = new HashSet<>();
        for (int i = 0; i < modes.size(); i++) {
            Object mode = modes.get(i);
            if (!(mode instanceof String name && ExecutionMode.parse(name).isPresent())) {
                findings.add(
                        "/execution_modes/" + i,
                        "execution_modes holds an unknown mode: " + shown(String.valueOf(mode)),
                        allowed);
            } else if (!seen.add(mode)) {
                findings.add("/execution_modes/" + i, "execution_modes names " + mode + " twice", "name it once");
            }
        }
    }

    private static void version(Map<String, ?> manifest, Findings findings) {
        Object value = manifest.get("version");
        if (!(value instanceof String text && SkillVersion.parse(text).isPresent())) {
            findings.add(
                    value == null || value instanceof String ? Severity.PACKAGE_ERROR : Severity.ERROR,
                    "/version",
                    value == null
                            ? "invalid version: version is required"
                            : "invalid version: " + shown(String.valueOf(value)),
                    "write a version such as 1.0.0 or 1.1.0-rc.1 as a text");
        }
    }

    static String pointer(String key) {
        return key.replace("~", "~0").replace("/", "~1");
    }
}
