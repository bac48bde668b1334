package skillrunner.workspace.skill;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skillrunner.application.skill.InstalledSkill;
import skillrunner.application.skill.SkillCatalogue;
import skillrunner.application.skill.SkillEntry;
import skillrunner.application.skill.SkillStore;
import skillrunner.application.storage.StorageFaultException;
import skillrunner.application.storage.UnavailableException;
import skillrunner.domain.path.RelativePath;
import skillrunner.domain.skill.SkillId;
import skillrunner.files.NoAnswerException;
import skillrunner.files.PatientLooks;
import skillrunner.files.SafePath;
import skillrunner.files.UntrustedFolder;

/**
 * Skills as folders below a few roots; the first root that has an id wins. What was read is kept until the folder or a
 * file that was read changes. Safe for concurrent use.
 */
public final class FilesystemSkillStore implements SkillStore, SkillCatalogue {
    private static final Logger LOG = LoggerFactory.getLogger(FilesystemSkillStore.class);

    /** How long whoever wants to know something of a skill waits for a sign of its file system. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** How long for all of its files, once there was a sign; checking its schemas takes its time too. */
    private static final Duration PATIENCE_FOR_ALL = Duration.ofSeconds(60);

    private static final int MOST_ABSENT = 1_000;

    /** Where a skill would lie. */
    private record Place(Path root, Path folder) {}

    private record Read(FolderState state, Optional<SkillEntry> entry, boolean near) {
        List<String> problems() {
            return entry.map(SkillEntry::problems).orElse(List.of());
        }
    }

    private final List<Path> roots;
    private final PackageInspection inspection;
    private final Clock clock;
    private final NearFolders near = new NearFolders();
    private final Map<Path, Read> known = new ConcurrentHashMap<>();
    private final Map<Path, FolderState> absent = new ConcurrentHashMap<>();
    private final Set<Path> silent = ConcurrentHashMap.newKeySet();

    /** Locations of skills that may not answer. */
    private final Set<String> far = ConcurrentHashMap.newKeySet();

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
        Optional<SkillEntry> entry = ArrivingPackages.awaited(roots, id.value(), () -> entry(id.value()));
        if (entry.isPresent() && entry.get().problems().equals(SkillReader.SILENT)) {
            throw silent(new NoSuchFileException(id.value()));
        }
        return entry.flatMap(SkillEntry::installed);
    }

    @Override
    public List<SkillEntry> entries() {
        List<Place> places = roots.stream()
                .flatMap(root -> folders(root).stream().map(folder -> new Place(root, folder)))
                .toList();
        if (known.size() > places.size()) {
            known.keySet().retainAll(places.stream().map(Place::folder).collect(Collectors.toSet()));
        }
        // Nearly all the time goes into asking the file system, which answers several at once.
        List<SkillEntry> entries = places.parallelStream()
                .map(this::read)
                .flatMap(Optional::stream)
                .toList();
        Map<String, SkillEntry> found = new TreeMap<>();
        entries.forEach(entry -> found.merge(entry.id(), entry, FilesystemSkillStore::stronger));
        return List.copyOf(found.values());
    }

    @Override
    public Optional<SkillEntry> entry(String id) {
        if (id.startsWith(".")
                || !RelativePath.parse(id).map(RelativePath::segments).equals(Optional.of(List.of(id)))) {
            return Optional.empty();
        }
        Optional<SkillEntry> damaged = Optional.empty();
        for (Path root : roots) {
            Optional<SkillEntry> found = SafePath.below(root, id).flatMap(folder -> read(new Place(root, folder)));
            if (found.filter(SkillEntry::healthy).isPresent()) {
                return found;
            }
            damaged = damaged.or(() -> found);
        }
        return damaged;
    }

    /** A damaged skill does not hide one of the same id that works. */
    private static SkillEntry stronger(SkillEntry first, SkillEntry second) {
        return first.healthy() || !second.healthy() ? first : second;
    }

    @Override
    public Map<String, String> fileHashes(InstalledSkill skill) {
        return inside(
                skill,
                Map.of(),
                folder -> SkillContent.hashes(skill.manifest().id().value(), folder));
    }

    @Override
    public Optional<String> readText(InstalledSkill skill, String path) {
        return inside(skill, Optional.empty(), folder -> PackageFile.textIn(folder, path));
    }

    private <T> T inside(InstalledSkill skill, T ifGone, Function<UntrustedFolder, T> look) {
        Path location = Path.of(skill.location());
        PatientLooks.Look<T> opening = () -> {
            Optional<UntrustedFolder> opened = UntrustedFolder.open(location);
            if (opened.isEmpty()) {
                return ifGone;
            }
            try (UntrustedFolder folder = opened.get()) {
                return look.apply(folder);
            }
        };
        try {
            return far.contains(skill.location())
                    ? PatientLooks.at(location, PATIENCE_FOR_ALL, opening)
                    : opening.look();
        } catch (IOException e) {
            throw explained(e);
        }
    }

    private List<Path> folders(Path root) {
        try {
            return near.holds(root, PATIENCE) ? named(root) : PatientLooks.at(root, PATIENCE, () -> named(root));
        } catch (IOException e) {
            throw explained(e);
        }
    }

    /** Everything that may be a skill. None of it is looked at yet: it may be on another file system. */
    private static List<Path> named(Path root) throws IOException {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        List<Path> folders = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(root)) {
            for (Path entry : entries) {
                if (!entry.getFileName().toString().startsWith(".")) {
                    folders.add(entry);
                }
            }
        }
        return folders;
    }

    /** What lies on a disk and has not changed is looked at here and now; for all else somebody else may have to wait. */
    private Optional<SkillEntry> read(Place place) {
        Path folder = place.folder();
        Read before = known.get(folder);
        if (before != null && before.near() && before.state().isCurrent()) {
            return before.entry();
        }
        FolderState withoutIt = absent.get(folder);
        if (withoutIt != null && withoutIt.isCurrent()) {
            return Optional.empty();
        }
        try {
            PatientLooks.at(folder, PATIENCE, () -> Files.exists(folder));
            Optional<SkillEntry> read = PatientLooks.at(folder, PATIENCE_FOR_ALL, () -> readAnew(place, before));
            silent.remove(folder);
            return read;
        } catch (NoAnswerException e) {
            if (silent.add(folder)) {
                LOG.warn("folder {} is not a usable skill: {}", folder.getFileName(), SkillReader.SILENT);
            }
            return Optional.of(SkillReader.silent(folder));
        } catch (IOException e) {
            throw explained(e);
        }
    }

    private Optional<SkillEntry> readAnew(Place place, @Nullable Read before) throws IOException {
        Path folder = place.folder();
        FolderState withoutIt = new FolderState(clock, true);
        withoutIt.note(place.root());
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            known.remove(folder);
            if (near.holds(place.root(), PATIENCE)) {
                remember(folder, withoutIt);
            }
            return Optional.empty();
        }
        if (before != null && !before.near() && before.state().isCurrent()) {
            return before.entry();
        }
        boolean onDisk = near.holds(place.root(), folder);
        SkillReader reader = new SkillReader(folder, inspection, clock, onDisk);
        Read now = new Read(reader.state(), reader.read(), onDisk);
        now.entry().map(SkillEntry::location).ifPresent(location -> {
            if (onDisk) {
                far.remove(location);
            } else {
                far.add(location);
            }
        });
        if (!now.problems().isEmpty() && (before == null || !before.problems().equals(now.problems()))) {
            LOG.warn("folder {} is not a usable skill: {}", folder.getFileName(), String.join("; ", now.problems()));
        }
        known.put(folder, now);
        return now.entry();
    }

    /** A name that is not there is asked for again and again where another root has it. Clients choose the names. */
    private void remember(Path folder, FolderState withoutIt) {
        if (absent.size() >= MOST_ABSENT) {
            absent.clear();
        }
        absent.put(folder, withoutIt);
    }

    private static RuntimeException explained(IOException e) {
        return e instanceof NoAnswerException ? silent(e) : new StorageFaultException(e);
    }

    private static UnavailableException silent(IOException e) {
        return new UnavailableException("the folder of a skill lies on a file system that does not answer", e);
    }
}
