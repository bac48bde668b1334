package skillrunner.workspace.skill;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import skillrunner.application.skill.InstalledSkill;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.run.DefaultOptionRules;
import skillrunner.domain.skill.ManifestJudgement;
import skillrunner.domain.skill.PackageFinding;
import skillrunner.domain.skill.PackageFinding.Severity;
import skillrunner.domain.skill.PackageRules;
import skillrunner.domain.skill.SchemaKind;
import skillrunner.domain.skill.SchemaRules;
import skillrunner.domain.skill.SkillAdoption;
import skillrunner.domain.skill.SkillId;
import skillrunner.domain.skill.SkillManifest;
import skillrunner.domain.skill.SkillVersion;
import skillrunner.domain.skill.TemporaryPackageRules;
import skillrunner.files.UntrustedFolder;
import skillrunner.workspace.json.LocatedJson;
import skillrunner.workspace.json.NetworkntSchemas;

/**
 * Reads the folder of a skill and tells every rule it breaks: the one reader of lint, pack, installation and store, so that
 * they can't disagree. Changes nothing. Safe for concurrent use.
 */
public final class PackageInspection {
    /** So many schemas that were found good are remembered by their text; a store is read again and again. */
    private static final int MOST_REMEMBERED = 4_096;

    private final PackageRules rules;
    private final NetworkntSchemas schemas;
    private final Set<String> compiled = ConcurrentHashMap.newKeySet();

    public PackageInspection(Collection<EngineId> knownEngines, NetworkntSchemas schemas) {
        this.rules = new PackageRules(knownEngines);
        this.schemas = Objects.requireNonNull(schemas);
    }

    /**
     * What a package is, as far as it can be read.
     *
     * @param findings what is wrong with it, in the order of the rules
     * @param skill its id, if it has one
     * @param version its version, if it has one
     * @param name the name in its SKILL.md, if it has one
     * @param description what its SKILL.md says it is for; may be empty
     * @param manifest its manifest, if that has a usable form
     * @param schemas its schemas, as far as they are JSON objects
     */
    public record Inspected(
            List<PackageFinding> findings,
            Optional<SkillId> skill,
            Optional<SkillVersion> version,
            Optional<String> name,
            String description,
            Optional<SkillManifest> manifest,
            Map<SchemaKind, Map<String, Object>> schemas) {
        /** Of a package that could not even be opened. */
        public static final Inspected NOTHING = new Inspected(
                List.of(), Optional.empty(), Optional.empty(), Optional.empty(), "", Optional.empty(), Map.of());

        /** Copies the collections. */
        public Inspected {
            findings = List.copyOf(findings);
            Objects.requireNonNull(skill);
            Objects.requireNonNull(version);
            Objects.requireNonNull(name);
            Objects.requireNonNull(description);
            Objects.requireNonNull(manifest);
            schemas = Map.copyOf(schemas);
        }

        /**
         * Tells whether it may be installed.
         *
         * @return false if a finding refuses it
         */
        public boolean installable() {
            return findings.stream().noneMatch(PackageFinding::refusesPackage)
                    && skill.isPresent()
                    && version.isPresent();
        }

        /**
         * Takes it for a skill.
         *
         * @param location where its folder lies
         * @return a skill that can be run, or empty if no manifest could be made out; what else is wrong is not asked
         */
        Optional<InstalledSkill> skillAt(String location) {
            return manifest.map(it -> it.withArtifactsOf(schemas.getOrDefault(SchemaKind.OUTPUT, Map.of()))
                            .describedBy(description))
                    .map(it -> new InstalledSkill(it, location, declared(it)));
        }

        private Map<SchemaKind, Map<String, Object>> declared(SkillManifest usable) {
            Map<SchemaKind, Map<String, Object>> found = new EnumMap<>(SchemaKind.class);
            usable.schemas().keySet().stream()
                    .filter(schemas::containsKey)
                    .forEach(kind -> found.put(kind, schemas.get(kind)));
            return found;
        }
    }

    /**
     * Looks through a package.
     *
     * @param folder the package's own folder
     * @return what it is
     */
    public Inspected inspect(Path folder) {
        return inspect(folder, String.valueOf(folder.getFileName()), path -> {});
    }

    /**
     * Looks through a package that comes with a single request.
     *
     * @param folder the package's own folder
     * @return what it is; a finding refuses it by {@link PackageFinding#refusesTemporary}
     */
    public Inspected inspectTemporary(Path folder) {
        return inspect(folder, String.valueOf(folder.getFileName()), path -> {}, TemporaryPackageRules::check);
    }

    /**
     * Looks through a folder.
     *
     * @param folder where it is
     * @param name what it is called where it is found, which may be a link to it
     * @param reading is told of each file, by its path inside the folder, before anything about it is looked at
     * @return what it is
     */
    Inspected inspect(Path folder, String name, Consumer<String> reading) {
        return inspect(folder, name, reading, root -> List.of());
    }

    private Inspected inspect(Path folder, String name, Consumer<String> reading, FurtherRules further) {
        Optional<UntrustedFolder> opened = UntrustedFolder.open(folder);
        if (opened.isEmpty()) {
            return new Look(Optional.empty(), name, reading, further).inspected();
        }
        try (UntrustedFolder held = opened.get()) {
            return new Look(Optional.of(held), name, reading, further).inspected();
        }
    }

    /** What a manifest is asked for beside what every manifest is. */
    private interface FurtherRules {
        List<PackageFinding> check(Map<String, ?> root);
    }

    /**
     * Reads the version of a package, whatever else is wrong with it.
     *
     * @param folder the package's own folder
     * @return the version, or empty if there is none to be read
     */
    Optional<SkillVersion> version(Path folder) {
        Optional<UntrustedFolder> opened = UntrustedFolder.open(folder);
        if (opened.isEmpty()) {
            return Optional.empty();
        }
        try (UntrustedFolder held = opened.get()) {
            return rules.judge(json(new PackageFile(held, PackageRules.RUNNER_JSON))
                            .root())
                    .version();
        } catch (UnreadableSkillException e) {
            return Optional.empty();
        }
    }

    /** One look at one folder. */
    private final class Look {
        private final Optional<UntrustedFolder> folder;
        private final String folderName;
        private final Consumer<String> reading;
        private final FurtherRules further;
        private final Set<String> missing = new LinkedHashSet<>();
        private final Set<String> missingStandard = new LinkedHashSet<>();
        private final List<PackageFinding> findings = new ArrayList<>();
        private final Map<SchemaKind, Map<String, Object>> found = new EnumMap<>(SchemaKind.class);
        private Optional<String> adopted = Optional.empty();

        Look(Optional<UntrustedFolder> folder, String folderName, Consumer<String> reading, FurtherRules further) {
            this.folder = folder;
            this.folderName = folderName;
            this.reading = reading;
            this.further = further;
        }

        Inspected inspected() {
            Optional<PackageFile> instructions = file(PackageRules.SKILL_MD, missing);
            ManifestJudgement manifest = file(PackageRules.RUNNER_JSON, missing)
                    .flatMap(file -> part(() -> json(file)))
                    .map(this::judged)
                    .orElse(ManifestJudgement.ofNone());
            Optional<FrontMatter> frontMatter = instructions.flatMap(file -> part(() -> FrontMatter.read(file.text())));
            findings.addAll(
                    PackageRules.identity(folderName, manifest.id(), frontMatter.map(FrontMatter::name), adopted));
            for (SchemaKind kind : SchemaKind.values()) {
                schema(kind, Optional.ofNullable(manifest.schemas().get(kind)));
            }
            return new Inspected(
                    all(),
                    manifest.id().flatMap(SkillId::parse),
                    manifest.version(),
                    frontMatter.map(FrontMatter::name),
                    frontMatter.map(FrontMatter::description).orElse(""),
                    manifest instanceof ManifestJudgement.Valid valid
                            ? Optional.of(valid.manifest())
                            : Optional.empty(),
                    found);
        }

        private ManifestJudgement judged(PackageFile.Json json) {
            ManifestJudgement judgement = rules.judge(json.root());
            adopted = Optional.ofNullable(json.root().get(SkillAdoption.ADOPTED_FROM))
                    .filter(String.class::isInstance)
                    .map(String.class::cast);
            locate(judgement.findings(), json.places());
            locate(DefaultOptionRules.check(json.root()), json.places());
            locate(further.check(json.root()), json.places());
            return judgement;
        }

        private void schema(SchemaKind kind, Optional<String> wanted) {
            String path = wanted.orElse(kind.standardPath());
            file(path, wanted.isPresent() ? missing : missingStandard)
                    .flatMap(file -> part(() -> file.json("invalid schema")))
                    .ifPresent(json -> {
                        found.put(kind, json.root());
                        locate(schemaFindings(kind, path, json), json.places());
                    });
            if (!path.equals(kind.standardPath())) {
                file(kind.standardPath(), missingStandard);
            }
        }

        private Optional<PackageFile> file(String path, Set<String> ifMissing) {
            reading.accept(path);
            Optional<PackageFile> file =
                    folder.map(held -> new PackageFile(held, path)).filter(PackageFile::exists);
            if (file.isEmpty()) {
                ifMissing.add(path);
            }
            return file;
        }

        private <T> Optional<T> part(Supplier<T> part) {
            try {
                return Optional.of(part.get());
            } catch (UnreadableSkillException e) {
                findings.add(e.finding());
                return Optional.empty();
            }
        }

        private void locate(List<PackageFinding> made, Map<String, LocatedJson.Place> places) {
            made.forEach(finding -> findings.add(PackageFile.located(finding, places)));
        }

        private List<PackageFinding> all() {
            List<PackageFinding> all = new ArrayList<>();
            addMissing(all, Severity.ERROR, missing);
            addMissing(all, Severity.INSTALL_ERROR, missingStandard);
            all.addAll(findings);
            return all;
        }

        private void addMissing(List<PackageFinding> all, Severity severity, Set<String> files) {
            if (!files.isEmpty()) {
                all.add(new PackageFinding(
                        severity,
                        files.iterator().next(),
                        "",
                        0,
                        0,
                        "missing required files: " + String.join(", ", files),
                        "add the files to the package, as regular files; links and files of several names (hard links) don't"
                                + " count"));
            }
        }
    }

    private List<PackageFinding> schemaFindings(SchemaKind kind, String path, PackageFile.Json schema) {
        List<PackageFinding> ours = SchemaRules.check(kind, path, schema.root());
        if (ours.stream().anyMatch(PackageFinding::degradesSkill) || compiled.contains(schema.digest())) {
            return ours;
        }
        List<PackageFinding> all = new ArrayList<>(ours);
        for (NetworkntSchemas.Problem problem : schemas.problems(schema.root())) {
            all.add(new PackageFinding(
                    path, problem.place(), "invalid schema: " + shortened(problem.reason()), problem.remedy()));
        }
        if (all.size() == ours.size()) {
            if (compiled.size() >= MOST_REMEMBERED) {
                compiled.clear();
            }
            compiled.add(schema.digest());
        }
        return all;
    }

    private static PackageFile.Json json(PackageFile manifest) {
        return manifest.json("invalid runner.json");
    }

    private static String shortened(String text) {
        return text.length() <= 300 ? text : text.substring(0, 300) + "...";
    }
}
