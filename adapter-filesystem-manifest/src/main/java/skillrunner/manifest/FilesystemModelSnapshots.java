package skillrunner.manifest;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skillrunner.application.model.CatalogueUnreadableException;
import skillrunner.application.model.ModelManifest;
import skillrunner.application.model.ModelSnapshots;
import skillrunner.application.storage.UnavailableException;
import skillrunner.domain.engine.CliVersion;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.model.ModelEntry;
import skillrunner.domain.model.ModelSnapshotRef;
import skillrunner.files.DiskFaults;
import skillrunner.files.DurableFiles;
import skillrunner.files.SmallFiles;
import skillrunner.files.StagedFile;
import skillrunner.files.UnfitFileException;
import tools.jackson.databind.node.ObjectNode;

/**
 * Snapshots as files in {@code <models directory>/<engine>}. Files are read again when they change, so an edit is visible
 * at the next call, and what is wrong with one is logged once. Safe for concurrent use; several processes that add to one
 * directory never overwrite a snapshot of another.
 */
public final class FilesystemModelSnapshots implements ModelSnapshots {
    private static final Logger LOG = LoggerFactory.getLogger(FilesystemModelSnapshots.class);

    private final Path directory;
    private final Staging staging;
    private final Map<EngineId, Reading<ModelManifest>> manifests = new ConcurrentHashMap<>();
    private final Map<Path, Reading<List<ModelEntry>>> snapshots = new ConcurrentHashMap<>();
    private final Map<EngineId, ReentrantLock> locks = new ConcurrentHashMap<>();

    /** What a file held when it had this stamp: a value, or a fault. */
    private record Reading<T>(FileStamp stamp, Optional<T> value, String fault) {}

    /** Brings a file to the disk, where it waits for its name. */
    @FunctionalInterface
    interface Staging {
        StagedFile stage(Path file, byte[] content) throws IOException;
    }

    @FunctionalInterface
    private interface Parser<T> {
        T parse(byte[] bytes);
    }

    /**
     * Serves a directory. It need not exist yet.
     *
     * @param directory the models directory
     */
    public FilesystemModelSnapshots(Path directory) {
        this(directory, DurableFiles::stage);
    }

    FilesystemModelSnapshots(Path directory, Staging staging) {
        this.directory = Objects.requireNonNull(directory);
        this.staging = Objects.requireNonNull(staging);
    }

    @Override
    public ModelManifest manifest(EngineId engine) {
        Reading<ModelManifest> reading =
                read(manifests, engine, EngineFolder.of(directory, engine).manifest(), CatalogueJson::manifest);
        return reading.value().orElseThrow(() -> new CatalogueUnreadableException(engine, reading.fault()));
    }

    @Override
    public Optional<List<ModelEntry>> models(EngineId engine, ModelSnapshotRef snapshot) {
        try {
            Path file = EngineFolder.of(directory, engine).file(snapshot.file());
            return read(snapshots, file, file, bytes -> CatalogueJson.snapshot(bytes)
                            .models())
                    .value();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    @Override
    public Added add(EngineId engine, CliVersion version, List<ModelEntry> models) {
        if (!version.isFileName()) {
            throw new IllegalArgumentException("the version does not name a file");
        }
        ReentrantLock lock = locks.computeIfAbsent(engine, key -> new ReentrantLock());
        lock.lock();
        try {
            return addAlone(EngineFolder.of(directory, engine), version, models);
        } catch (IOException e) {
            throw DiskFaults.explained(e, directory);
        } finally {
            manifests.remove(engine);
            lock.unlock();
        }
    }

    /**
     * Both files are on the disk before the first gets its name, so a full disk is noticed while nothing has changed. What
     * can still come between the two names leaves a complete snapshot that is not listed; the next start lists it.
     */
    private Added addAlone(EngineFolder folder, CliVersion version, List<ModelEntry> models) throws IOException {
        String name = EngineFolder.snapshotName(version);
        Path snapshot = folder.file(name);
        if (Files.exists(snapshot, LinkOption.NOFOLLOW_LINKS)) {
            return Added.EXISTS;
        }
        ObjectNode manifest = manifestTree(folder);
        CatalogueJson.list(manifest, List.of(new ModelSnapshotRef(version.text(), name)));
        CatalogueJson.unite(manifest);
        try (StagedFile newSnapshot =
                        staging.stage(snapshot, CatalogueJson.snapshot(folder.engine(), version, models));
                StagedFile newManifest = staging.stage(folder.manifest(), CatalogueJson.bytes(manifest))) {
            if (!newSnapshot.publish()) {
                return Added.EXISTS;
            }
            newManifest.replace();
        }
        LOG.info("model snapshot engine={} version={} added, {} models", folder.engine(), version, models.size());
        return Added.ADDED;
    }

    private static ObjectNode manifestTree(EngineFolder folder) throws IOException {
        try {
            return CatalogueJson.manifestTree(SmallFiles.read(folder.manifest(), CatalogueJson.MOST_BYTES));
        } catch (NoSuchFileException e) {
            throw new CatalogueUnreadableException(folder.engine(), "it is missing");
        } catch (UnfitFileException e) {
            throw new CatalogueUnreadableException(folder.engine(), e.getReason());
        } catch (IllegalArgumentException e) {
            throw new CatalogueUnreadableException(folder.engine(), String.valueOf(e.getMessage()));
        }
    }

    private static <K, T> Reading<T> read(Map<K, Reading<T>> known, K key, Path file, Parser<T> parser) {
        // The stamp is taken before reading: a change in between is seen as a change next time.
        FileStamp stamp = FileStamp.of(file);
        Reading<T> last = known.get(key);
        if (last != null && last.stamp().equals(stamp)) {
            return last;
        }
        Reading<T> reading;
        try {
            reading = new Reading<>(
                    stamp, Optional.of(parser.parse(SmallFiles.read(file, CatalogueJson.MOST_BYTES))), "");
        } catch (NoSuchFileException e) {
            reading = new Reading<>(FileStamp.ABSENT, Optional.empty(), "it is missing");
        } catch (UnfitFileException e) {
            reading = new Reading<>(stamp, Optional.empty(), e.getReason());
        } catch (IllegalArgumentException e) {
            reading = new Reading<>(stamp, Optional.empty(), String.valueOf(e.getMessage()));
        } catch (AccessDeniedException e) {
            LOG.warn("{} can't be read: {}", file, e.toString());
            // Not remembered: rights change without a trace in the stamp.
            return new Reading<>(stamp, Optional.empty(), "it can't be read");
        } catch (IOException e) {
            // The process has no descriptor left, or the disk is at fault; of the file this says nothing.
            throw new UnavailableException("the models can't be read at the moment", e);
        }
        if (reading.value().isEmpty()) {
            LOG.warn("{} is passed over: {}", file, reading.fault());
        }
        known.put(key, reading);
        return reading;
    }
}
