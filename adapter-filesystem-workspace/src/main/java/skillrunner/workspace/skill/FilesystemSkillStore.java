package skillrunner.workspace.skill;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skillrunner.application.json.JsonText;
import skillrunner.application.skill.InstalledSkill;
import skillrunner.application.skill.SkillStore;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.skill.ArtifactDeclaration;
import skillrunner.domain.skill.SchemaKind;
import skillrunner.domain.skill.SkillId;
import skillrunner.domain.skill.SkillManifest;
import skillrunner.workspace.file.AtomicFiles;
import skillrunner.workspace.file.Digests;
import skillrunner.workspace.file.SafePath;

/**
 * Skills as folders below a few roots; the first root that has an id wins. What was read is kept until a file that was
 * read changes. Safe for concurrent use.
 */
public final class FilesystemSkillStore implements SkillStore {
    private static final Logger LOG = LoggerFactory.getLogger(FilesystemSkillStore.class);
    private static final String SKILL_MD = "SKILL.md";
    private static final String RUNNER_JSON = "assets/runner.json";

    private record Read(String signature, Optional<InstalledSkill> skill, List<String> files) {}

    private final List<Path> roots;
    private final Collection<EngineId> knownEngines;
    private final JsonText json;
    private final Map<Path, Read> known = new ConcurrentHashMap<>();

    /**
     * Takes its roots.
     *
     * @param roots folders of skill folders, strongest first; one that does not exist holds nothing
     * @param knownEngines every engine there is
     * @param json reads manifests and schemas
     */
    public FilesystemSkillStore(List<Path> roots, Collection<EngineId> knownEngines, JsonText json) {
        this.roots = List.copyOf(roots);
        this.knownEngines = List.copyOf(knownEngines);
        this.json = Objects.requireNonNull(json);
    }

    @Override
    public List<InstalledSkill> list() {
        Map<String, InstalledSkill> found = new TreeMap<>();
        for (Path root : roots) {
            for (Path folder : folders(root)) {
                read(folder)
                        .ifPresent(
                                skill -> found.putIfAbsent(skill.manifest().id().value(), skill));
            }
        }
        return List.copyOf(found.values());
    }

    @Override
    public Optional<InstalledSkill> find(SkillId id) {
        return roots.stream()
                .map(root -> root.resolve(id.value()))
                .filter(Files::isDirectory)
                .map(this::read)
                .flatMap(Optional::stream)
                .findFirst();
    }

    @Override
    public Map<String, String> fileHashes(InstalledSkill skill) {
        Path folder = Path.of(skill.location());
        Map<String, String> hashes = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .forEach(file -> hashes.put(
                            folder.relativize(file).toString().replace('\\', '/'), Digests.sha256(List.of(file))));
        } catch (IOException e) {
            throw AtomicFiles.explained(e);
        }
        return hashes;
    }

    @Override
    public Optional<String> readText(InstalledSkill skill, String path) {
        Path folder = Path.of(skill.location());
        return SafePath.below(folder, path)
                .filter(Files::isRegularFile)
                .filter(file -> SafePath.reallyBelow(folder, file))
                .map(FilesystemSkillStore::text);
    }

    private static List<Path> folders(Path root) {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        List<Path> folders = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(root)) {
            for (Path entry : entries) {
                if (!entry.getFileName().toString().startsWith(".") && Files.isDirectory(entry)) {
                    folders.add(entry);
                }
            }
        } catch (IOException e) {
            throw AtomicFiles.explained(e);
        }
        return folders;
    }

    private Optional<InstalledSkill> read(Path folder) {
        Read before = known.get(folder);
        if (before != null && before.signature().equals(signature(folder, before.files()))) {
            return before.skill();
        }
        List<String> files = new ArrayList<>(List.of(SKILL_MD, RUNNER_JSON));
        // The signature is taken before the files are read: a change in between makes the next look read again.
        String signature = signature(folder, files);
        Optional<InstalledSkill> skill = Optional.empty();
        try {
            skill = Optional.of(load(folder, files));
            signature = signature(folder, files);
        } catch (UnreadableSkillException e) {
            LOG.warn("folder {} is not a usable skill: {}", folder.getFileName(), e.getMessage());
        }
        known.put(folder, new Read(signature, skill, List.copyOf(files)));
        return skill;
    }

    private InstalledSkill load(Path folder, List<String> filesRead) {
        if (!Files.isRegularFile(folder.resolve(SKILL_MD)) || !Files.isRegularFile(folder.resolve(RUNNER_JSON))) {
            throw new UnreadableSkillException(SKILL_MD + " and " + RUNNER_JSON + " must exist");
        }
        SkillManifest manifest = RunnerJson.read(object(folder, RUNNER_JSON), knownEngines);
        String name = FrontMatter.name(text(folder.resolve(SKILL_MD)));
        if (!manifest.id().value().equals(folder.getFileName().toString())
                || !manifest.id().value().equals(name)) {
            throw new UnreadableSkillException("folder, id and frontmatter name must be equal");
        }
        Map<SchemaKind, Map<String, Object>> schemas = new EnumMap<>(SchemaKind.class);
        manifest.schemas().forEach((kind, path) -> {
            filesRead.add(path);
            schemas.put(kind, object(folder, path));
        });
        return new InstalledSkill(withArtifacts(manifest, schemas), real(folder).toString(), schemas);
    }

    /** A skill may be linked into its place; whoever walks through its files must start at the real folder. */
    private static Path real(Path folder) {
        try {
            return folder.toRealPath();
        } catch (IOException e) {
            throw new UnreadableSkillException("its folder can't be read");
        }
    }

    private static SkillManifest withArtifacts(SkillManifest manifest, Map<SchemaKind, Map<String, Object>> schemas) {
        if (!manifest.artifacts().isEmpty()) {
            return manifest;
        }
        return new SkillManifest(
                manifest.id(),
                manifest.name(),
                manifest.description(),
                manifest.version(),
                manifest.engines(),
                manifest.unsupportedEngines(),
                manifest.executionModes(),
                manifest.maxAttempt(),
                manifest.schemas(),
                ArtifactDeclaration.inferFrom(schemas.getOrDefault(SchemaKind.OUTPUT, Map.of())),
                manifest.entrypoint(),
                manifest.runtime());
    }

    private Map<String, Object> object(Path folder, String path) {
        Path file = SafePath.below(folder, path)
                .filter(Files::isRegularFile)
                .filter(candidate -> SafePath.reallyBelow(folder, candidate))
                .orElseThrow(() -> new UnreadableSkillException(path + " is missing or lies outside the skill"));
        return json.parseObject(text(file))
                .orElseThrow(() -> new UnreadableSkillException(path + " is not a JSON object"));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UnreadableSkillException(file.getFileName() + " can't be read");
        }
    }

    private static String signature(Path folder, List<String> files) {
        StringBuilder signature = new StringBuilder();
        for (String file : files) {
            Optional<Path> path = SafePath.below(folder, file);
            try {
                if (path.isPresent()) {
                    signature
                            .append(Files.getLastModifiedTime(path.get()).toInstant())
                            .append('/')
                            .append(Files.size(path.get()));
                }
            } catch (IOException e) {
                signature.append("absent");
            }
            signature.append(';');
        }
        return signature.toString();
    }
}
