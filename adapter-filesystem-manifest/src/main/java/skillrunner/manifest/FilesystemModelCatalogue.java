package skillrunner.manifest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skillrunner.application.model.ModelCatalogue;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.model.ModelEntry;

/**
 * Serves the newest readable snapshot of each engine from {@code <models directory>/<engine>}. Files are read again when
 * their time or size changes, so an edit is visible at the next call. Safe for concurrent use.
 */
public final class FilesystemModelCatalogue implements ModelCatalogue {
    private static final Logger LOG = LoggerFactory.getLogger(FilesystemModelCatalogue.class);

    private final Path directory;
    private final Map<EngineId, Reading> readings = new ConcurrentHashMap<>();

    /** What was read, and the files it depends on. */
    private record Reading(Map<Path, FileStamp> stamps, List<ModelEntry> models) {
        boolean isCurrent() throws IOException {
            for (Map.Entry<Path, FileStamp> file : stamps.entrySet()) {
                if (!FileStamp.of(file.getKey()).equals(file.getValue())) {
                    return false;
                }
            }
            return true;
        }
    }

    /**
     * Serves a directory. It need not exist yet.
     *
     * @param directory the models directory
     */
    public FilesystemModelCatalogue(Path directory) {
        this.directory = Objects.requireNonNull(directory);
    }

    /** {@inheritDoc} An engine whose manifest is missing or broken has none; the latter is logged. */
    @Override
    public List<ModelEntry> models(EngineId engine) {
        try {
            Reading last = readings.get(engine);
            if (last == null || !last.isCurrent()) {
                last = read(engine);
                readings.put(engine, last);
            }
            return last.models();
        } catch (IOException e) {
            LOG.warn("models of {} can't be read: {}", engine, e.toString());
            return List.of();
        }
    }

    private Reading read(EngineId engine) throws IOException {
        Path home = directory.resolve(engine.wire());
        Path manifest = home.resolve("manifest.json");
        Map<Path, FileStamp> stamps = new HashMap<>();
        // Stamps are taken before reading: a change in between is seen as a change next time.
        stamps.put(manifest, FileStamp.of(manifest));
        List<CatalogueJson.Snapshot> snapshots;
        try {
            snapshots = CatalogueJson.manifest(Files.readAllBytes(manifest));
        } catch (NoSuchFileException e) {
            return new Reading(stamps, List.of());
        } catch (IllegalArgumentException e) {
            LOG.warn("manifest {} is malformed, so {} has no models: {}", manifest, engine, e.getMessage());
            return new Reading(stamps, List.of());
        }
        List<CatalogueJson.Snapshot> newestFirst = snapshots.stream()
                .sorted(Comparator.comparing(
                        CatalogueJson.Snapshot::version, skillrunner.domain.engine.CliVersion.ORDER.reversed()))
                .toList();
        for (CatalogueJson.Snapshot snapshot : newestFirst) {
            Path file = home.resolve(snapshot.file());
            stamps.put(file, FileStamp.of(file));
            try {
                return new Reading(stamps, List.copyOf(CatalogueJson.models(Files.readAllBytes(file))));
            } catch (IOException | IllegalArgumentException e) {
                LOG.warn("model snapshot {} is passed over: {}", file, e.toString());
            }
        }
        return new Reading(stamps, List.of());
    }
}
