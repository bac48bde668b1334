package skillrunner.workspace.skill;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skillrunner.application.skill.InstalledSkill;
import skillrunner.application.skill.SkillCatalogue;
import skillrunner.application.skill.SkillEntry;
import skillrunner.application.skill.SkillStore;
import skillrunner.domain.skill.SkillId;
import skillrunner.files.SafePath;
import skillrunner.files.UntrustedFolder;

/**
 * Skills as folders below a few roots; the first root that has an id wins. What was read is kept until the folder or a
 * file that was read changes. Safe for concurrent use.
 */
public final class FilesystemSkillStore implements SkillStore, SkillCatalogue {
    private static final Logger LOG = LoggerFactory.getLogger(FilesystemSkillStore.class);

    private record Read(FolderState state, Optional<SkillEntry> entry) {
        List<String> problems() {
            return entry.map(SkillEntry::problems).orElse(List.of());
        }
    }

    private final List<Path> roots;
    private final PackageInspection inspection;
    private final Clock clock;
    private final Map<Path, Read> known = new ConcurrentHashMap<>();

    /**
     * Takes its roots.
     *
     * @param roots folders of skill folders, strongest first; one that does not exist holds nothing
     * @param inspection reads folders
     * @param clock the one that files are stamped by
     */
    public FilesystemSkillStore(List<Path> roots, PackageInspection inspection, Clock clock) {
        this.roots = List.copyOf(roots);
        this.inspection = Objects.requireNonNull(inspection);
        this.clock = Objects.requireNonNull(clock);
    }

    @Override
    public List<InstalledSkill> list() {
        return entries().stream()
                .map(SkillEntry::installed)
                .flatMap(Optional::stream)
                .toList();
    }

    @Override
    public Optional<InstalledSkill> find(SkillId id) {
        return entry(id.value()).flatMap(SkillEntry::installed);
    }

    @Override
    public List<SkillEntry> entries() {
        List<Path> folders =
                roots.stream().flatMap(root -> folders(root).stream()).toList();
        if (known.size() > folders.size()) {
            known.keySet().retainAll(Set.copyOf(folders));
        }
        // Nearly all the time goes into asking the file system, which answers several at once.
        List<SkillEntry> entries = folders.parallelStream()
                .map(this::read)
                .flatMap(Optional::stream)
                .toList();
        Map<String, SkillEntry> found = new TreeMap<>();
        entries.forEach(entry -> found.merge(entry.id(), entry, FilesystemSkillStore::stronger));
        return List.copyOf(found.values());
    }

    @Override
    public Optional<SkillEntry> entry(String id) {
        if (id.startsWith(".") || !SafePath.segments(id).equals(Optional.of(List.of(id)))) {
            return Optional.empty();
        }
        return roots.stream()
                .map(root -> SafePath.below(root, id))
                .flatMap(Optional::stream)
                .filter(Files::isDirectory)
                .map(this::read)
                .flatMap(Optional::stream)
                .reduce(FilesystemSkillStore::stronger);
    }

    /** A damaged skill does not hide one of the same id that works. */
    private static SkillEntry stronger(SkillEntry first, SkillEntry second) {
        return first.healthy() || !second.healthy() ? first : second;
    }

    @Override
    public Map<String, String> fileHashes(InstalledSkill skill) {
        Optional<UntrustedFolder> opened = UntrustedFolder.open(Path.of(skill.location()));
        if (opened.isEmpty()) {
            return Map.of();
        }
        try (UntrustedFolder folder = opened.get()) {
            return SkillContent.hashes(skill.manifest().id().value(), folder);
        }
    }

    @Override
    public Optional<String> readText(InstalledSkill skill, String path) {
        Optional<UntrustedFolder> opened = UntrustedFolder.open(Path.of(skill.location()));
        if (opened.isEmpty()) {
            return Optional.empty();
        }
        try (UntrustedFolder folder = opened.get()) {
            PackageFile file = new PackageFile(folder, path);
            return file.exists() ? Optional.of(file.text()) : Optional.empty();
        } catch (UnreadableSkillException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private List<Path> folders(Path root) {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        List<Path> folders = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(root)) {
            for (Path entry : entries) {
                // What is known is looked at closely anyway.
                if (!entry.getFileName().toString().startsWith(".")
                        && (known.containsKey(entry) || Files.isDirectory(entry))) {
                    folders.add(entry);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return folders;
    }

    private Optional<SkillEntry> read(Path folder) {
        Read before = known.get(folder);
        if (before != null && before.state().isCurrent()) {
            return before.entry();
        }
        SkillReader reader = new SkillReader(folder, inspection, clock);
        Read now = new Read(reader.state(), reader.read());
        if (!now.problems().isEmpty() && (before == null || !before.problems().equals(now.problems()))) {
            LOG.warn("folder {} is not a usable skill: {}", folder.getFileName(), String.join("; ", now.problems()));
        }
        known.put(folder, now);
        return now.entry();
    }
}
