package skillrunner.workspace.skill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skillrunner.application.json.JsonText;
import skillrunner.application.skill.InstalledSkill;
import skillrunner.application.skill.SkillEntry;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.skill.ArtifactDeclaration;
import skillrunner.domain.skill.SchemaCycles;
import skillrunner.domain.skill.SchemaKind;
import skillrunner.domain.skill.SkillManifest;
import skillrunner.files.SafePath;

/** Reads one folder as a skill and gathers everything that is wrong with it. Used once, by one thread. */
final class SkillReader {
    private static final String SKILL_MD = "SKILL.md";
    private static final String RUNNER_JSON = "assets/runner.json";

    private final Path folder;
    private final Collection<EngineId> knownEngines;
    private final JsonText json;
    private final FolderState state;
    private final List<String> problems = new ArrayList<>();

    private interface Part<T> {
        T read();
    }

    SkillReader(Path folder, Collection<EngineId> knownEngines, JsonText json, Clock clock) {
        this.folder = folder;
        this.knownEngines = knownEngines;
        this.json = json;
        this.state = new FolderState(clock);
    }

    /** What was looked at, as it was before it was read. */
    FolderState state() {
        return state;
    }

    /** Reads the folder. A folder that has neither instructions nor a manifest is no skill at all. */
    Optional<SkillEntry> read() {
        FileStamp itself = state.note(folder);
        boolean hasText = isFile(SKILL_MD);
        boolean hasManifest = isFile(RUNNER_JSON);
        if (!hasText && !hasManifest) {
            return Optional.empty();
        }
        String id = folder.getFileName().toString();
        String text = part(() -> text(existing(SKILL_MD, hasText)));
        String name = text == null ? null : part(() -> FrontMatter.name(text));
        SkillManifest manifest = part(() -> {
            existing(RUNNER_JSON, hasManifest);
            return RunnerJson.read(object(RUNNER_JSON), knownEngines);
        });
        Map<SchemaKind, Map<String, Object>> schemas = new EnumMap<>(SchemaKind.class);
        if (manifest != null) {
            if (!manifest.id().value().equals(id) || (name != null && !name.equals(id))) {
                problems.add("folder, id and frontmatter name must be equal");
            }
            manifest.schemas().forEach((kind, path) -> {
                SafePath.below(folder, path).ifPresent(state::note);
                Map<String, Object> schema = part(() -> object(path));
                if (schema != null) {
                    schemas.put(kind, schema);
                    SchemaCycles.find(schema)
                            .ifPresent(place -> problems.add(
                                    path + "#" + place + ": the references lead in a circle that never descends"));
                }
            });
        }
        String location = String.valueOf(part(this::real));
        Optional<SkillManifest> usable = problems.isEmpty()
                ? Optional.ofNullable(manifest).map(it -> withArtifacts(it, schemas))
                : Optional.empty();
        return Optional.of(new SkillEntry(
                id,
                manifest != null ? manifest.name() : name != null ? name : id,
                manifest != null && !manifest.description().isEmpty()
                        ? manifest.description()
                        : text == null ? "" : FrontMatter.description(text),
                usable.or(() -> Optional.ofNullable(manifest)),
                usable.map(it -> new InstalledSkill(it, location, schemas)),
                location,
                itself.modified().toInstant(),
                problems));
    }

    private boolean isFile(String path) {
        Path file = folder.resolve(path);
        state.note(file);
        return Files.isRegularFile(file);
    }

    private Path existing(String path, boolean there) {
        if (!there) {
            throw new UnreadableSkillException(path + " is missing");
        }
        return folder.resolve(path);
    }

    private <T> @Nullable T part(Part<T> part) {
        try {
            return part.read();
        } catch (UnreadableSkillException e) {
            problems.add(String.valueOf(e.getMessage()));
            return null;
        }
    }

    /** A skill may be linked into its place; whoever walks through its files must start at the real folder. */
    private Path real() {
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

    private Map<String, Object> object(String path) {
        Path file = SafePath.below(folder, path)
                .filter(Files::isRegularFile)
                .filter(candidate -> SafePath.reallyBelow(folder, candidate))
                .orElseThrow(() -> new UnreadableSkillException(path + " is missing or lies outside the skill"));
        return json.parseObject(text(file))
                .orElseThrow(() -> new UnreadableSkillException(path + " is not a JSON object"));
    }

    /** Reads a file. @throws UnreadableSkillException if it can't be read or is no UTF-8 */
    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UnreadableSkillException(file.getFileName() + " can't be read");
        }
    }
}
