package skillrunner.manifest;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skillrunner.application.model.LiveModelStore;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.model.LiveModels;
import skillrunner.files.DurableFiles;
import skillrunner.files.SmallFiles;

/** One JSON file per engine, replaced as a whole. Safe for concurrent use. */
public final class FilesystemLiveModelStore implements LiveModelStore {
    private static final Logger LOG = LoggerFactory.getLogger(FilesystemLiveModelStore.class);

    private final Path directory;
    private final Map<EngineId, Path> elsewhere;

    /**
     * Keeps files. Folders are created when something is saved.
     *
     * @param directory where they are, as {@code <engine>_models_cache.json}
     * @param elsewhere the files of engines that have theirs in another place
     */
    public FilesystemLiveModelStore(Path directory, Map<EngineId, Path> elsewhere) {
        this.directory = Objects.requireNonNull(directory);
        this.elsewhere = Map.copyOf(elsewhere);
    }

    @Override
    public String name(EngineId engine) {
        return String.valueOf(file(engine).getFileName());
    }

    /** {@inheritDoc} The latter is logged. */
    @Override
    public Optional<LiveModels> load(EngineId engine) {
        Path file = file(engine);
        try {
            return Optional.of(CatalogueJson.live(SmallFiles.read(file, CatalogueJson.MOST_BYTES)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn("{} can't be read, so it is written anew: {}", file, e.toString());
            return Optional.empty();
        }
    }

    @Override
    public void save(EngineId engine, LiveModels models) {
        DurableFiles.write(file(engine), CatalogueJson.live(engine, models));
    }

    private Path file(EngineId engine) {
        return elsewhere.getOrDefault(engine, directory.resolve(engine.wire() + "_models_cache.json"));
    }
}
