package skillrunner.workspace.skill;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import skillrunner.application.json.JsonText;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.skill.PackageFinding;
import skillrunner.domain.skill.PackageRules;
import skillrunner.domain.skill.SchemaKind;
import skillrunner.domain.skill.SchemaRules;
import skillrunner.domain.skill.SkillId;
import skillrunner.domain.skill.SkillVersion;
import skillrunner.files.SafePath;
import skillrunner.workspace.json.NetworkntSchemas;

/** Looks through an unpacked package and tells every rule it breaks. Changes nothing. Safe for concurrent use. */
public final class PackageInspection {
    /** Far more than a manifest, a schema or instructions need, and little enough to be read at once. */
    private static final long MOST_BYTES = 1L << 20;

    private final PackageRules rules;
    private final JsonText json;
    private final NetworkntSchemas schemas;

    /**
     * Takes its collaborators.
     *
     * @param knownEngines every engine there is
     * @param json reads manifests and schemas
     * @param schemas compiles schemas
     */
    public PackageInspection(Collection<EngineId> knownEngines, JsonText json, NetworkntSchemas schemas) {
        this.rules = new PackageRules(knownEngines);
        this.json = Objects.requireNonNull(json);
        this.schemas = Objects.requireNonNull(schemas);
    }

    /**
     * What a package is.
     *
     * @param findings what is wrong with it, in the order of the rules
     * @param skill its id, if it has one
     * @param version its version, if it has one
     */
    public record Inspected(List<PackageFinding> findings, Optional<SkillId> skill, Optional<SkillVersion> version) {
        /** Copies the list. */
        public Inspected {
            findings = List.copyOf(findings);
            Objects.requireNonNull(skill);
            Objects.requireNonNull(version);
        }
    }

    /**
     * Looks through a package.
     *
     * @param folder the package's own folder
     * @return what it is
     */
    public Inspected inspect(Path folder) {
        List<PackageFinding> findings = new ArrayList<>();
        Set<String> missing = new LinkedHashSet<>();
        missing(folder, PackageRules.SKILL_MD, missing);
        missing(folder, PackageRules.RUNNER_JSON, missing);
        for (SchemaKind kind : SchemaKind.values()) {
            missing(folder, kind.standardPath(), missing);
        }
        List<PackageFinding> later = new ArrayList<>();
        Optional<Map<String, Object>> manifest = missing.contains(PackageRules.RUNNER_JSON)
                ? Optional.empty()
                : object(folder, PackageRules.RUNNER_JSON, "invalid runner.json", later);
        manifest.ifPresent(root -> later.addAll(rules.manifest(root)));
        Optional<String> name =
                missing.contains(PackageRules.SKILL_MD) ? Optional.empty() : frontMatterName(folder, later);
        Optional<String> id = manifest.flatMap(root -> text(root, "id"));
        later.addAll(PackageRules.identity(String.valueOf(folder.getFileName()), id, name));
        for (SchemaKind kind : SchemaKind.values()) {
            String path =
                    manifest.map(root -> PackageRules.schemaPath(root, kind)).orElse(kind.standardPath());
            missing(folder, path, missing);
            if (!missing.contains(path)) {
                object(folder, path, "invalid schema", later)
                        .ifPresent(schema -> later.addAll(schemaFindings(kind, path, schema)));
            }
        }
        if (!missing.isEmpty()) {
            findings.add(new PackageFinding(
                    missing.iterator().next(),
                    "",
                    "missing required files: " + String.join(", ", missing),
                    "add the files to the package"));
        }
        findings.addAll(later);
        return new Inspected(
                findings,
                id.flatMap(SkillId::parse),
                manifest.flatMap(root -> text(root, "version")).flatMap(SkillVersion::parse));
    }

    private List<PackageFinding> schemaFindings(SchemaKind kind, String path, Map<String, Object> schema) {
        List<PackageFinding> ours = SchemaRules.check(kind, path, schema);
        if (!ours.isEmpty()) {
            return ours;
        }
        return schemas.problems(schema).stream()
                .map(problem -> new PackageFinding(
                        path, "", "invalid schema: " + shortened(problem), "write a schema that JSON Schema allows"))
                .toList();
    }

    private static Optional<String> frontMatterName(Path folder, List<PackageFinding> findings) {
        return content(folder, PackageRules.SKILL_MD, findings).flatMap(text -> {
            try {
                return Optional.of(FrontMatter.name(text));
            } catch (UnreadableSkillException e) {
                findings.add(new PackageFinding(
                        PackageRules.SKILL_MD,
                        "",
                        String.valueOf(e.getMessage()),
                        "begin the file with '---', a line 'name: <id>' and '---'"));
                return Optional.empty();
            }
        });
    }

    private Optional<Map<String, Object>> object(
            Path folder, String path, String complaint, List<PackageFinding> findings) {
        return content(folder, path, findings).flatMap(text -> {
            Optional<Map<String, Object>> object =
                    json.parseObject(text.startsWith("\uFEFF") ? text.substring(1) : text);
            if (object.isEmpty()) {
                findings.add(new PackageFinding(
                        path,
                        "",
                        complaint + ": it is not a JSON object",
                        "write one JSON object without comments, doubled keys or text after it"));
            }
            return object;
        });
    }

    private static Optional<String> content(Path folder, String path, List<PackageFinding> findings) {
        try {
            Path file = folder.resolve(path);
            if (Files.size(file) > MOST_BYTES) {
                findings.add(new PackageFinding(path, "", "the file is larger than one MiB", "make it shorter"));
                return Optional.empty();
            }
            return Optional.of(Files.readString(file));
        } catch (CharacterCodingException e) {
            findings.add(new PackageFinding(path, "", "the file is not UTF-8 text", "save it as UTF-8"));
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void missing(Path folder, String path, Set<String> missing) {
        boolean there = SafePath.below(folder, path)
                .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                .filter(file -> SafePath.reallyBelow(folder, file))
                .isPresent();
        if (!there) {
            missing.add(path);
        }
    }

    private static Optional<String> text(Map<String, Object> root, String key) {
        return root.get(key) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    private static String shortened(String text) {
        return text.length() <= 300 ? text : text.substring(0, 300) + "...";
    }
}
