package skillrunner.manifest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skillrunner.application.engine.ShippedModels;
import skillrunner.domain.engine.CliVersion;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.model.ModelSnapshotRef;
import skillrunner.files.DurableFiles;
import skillrunner.files.SmallFiles;
import skillrunner.files.StagedFile;
import tools.jackson.databind.node.ObjectNode;

/** Fills the models directory with the catalogue this product is delivered with, and mends what a crash left there. */
public final class ModelDirectory {
    private static final Logger LOG = LoggerFactory.getLogger(ModelDirectory.class);
    private static final Pattern SNAPSHOT_NAME = Pattern.compile("models_(.+)\\.json");

    private final EngineFolder folder;
    private final ShippedModels shipped;

    private ModelDirectory(EngineFolder folder, ShippedModels shipped) {
        this.folder = folder;
        this.shipped = shipped;
    }

    /**
     * Prepares the folder of each engine: removes what unfinished writes left, copies the packaged snapshots that are
     * absent, and lists packaged snapshots and complete ones of its own that are not listed. Never changes a snapshot and
     * never removes a line of a manifest; a manifest that is malformed stays as it is. What fails is logged and concerns one
     * engine only. To be called before the directory is served.
     *
     * @param directory the models directory; it is created if need be
     * @param engines the engines whose models come from snapshots, and the snapshots that are packaged
     */
    public static void seed(Path directory, Map<EngineId, ShippedModels> engines) {
        engines.forEach((engine, shipped) -> {
            try {
                new ModelDirectory(EngineFolder.of(directory, engine), shipped).seed();
            } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
                LOG.error("the models of {} could not be prepared: {}", engine, e.toString());
            }
        });
    }

    private void seed() throws IOException {
        DurableFiles.createDirectories(folder.path());
        DurableFiles.sweep(folder.path());
        List<ModelSnapshotRef> packaged = packagedSnapshots();
        for (ModelSnapshotRef snapshot : packaged) {
            copy(snapshot);
        }
        Optional<ObjectNode> present = manifest();
        ObjectNode manifest = present.orElseGet(() -> CatalogueJson.emptyManifest(folder.engine()));
        List<ModelSnapshotRef> added = unlisted(CatalogueJson.snapshots(manifest), packaged);
        if (present.isPresent() && added.isEmpty()) {
            return;
        }
        CatalogueJson.list(manifest, added);
        try (StagedFile staged = DurableFiles.stage(folder.manifest(), CatalogueJson.bytes(manifest))) {
            staged.replace();
        }
        if (present.isPresent()) {
            // The first time all are new, which is nothing to tell.
            added.forEach(snapshot -> LOG.info("model snapshot {} of {} is listed", snapshot.file(), folder.engine()));
        }
    }

    private List<ModelSnapshotRef> packagedSnapshots() throws IOException {
        Optional<byte[]> manifest = shipped.file(EngineFolder.MANIFEST);
        return manifest.isPresent() ? CatalogueJson.manifest(manifest.get()).snapshots() : List.of();
    }

    private void copy(ModelSnapshotRef snapshot) throws IOException {
        Path file = folder.file(snapshot.file());
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        byte[] content = shipped.file(snapshot.file())
                .orElseThrow(() -> new IllegalStateException("not packaged: " + snapshot.file()));
        try (StagedFile staged = DurableFiles.stage(file, content)) {
            staged.publish();
        }
    }

    private Optional<ObjectNode> manifest() throws IOException {
        try {
            return Optional.of(
                    CatalogueJson.manifestTree(SmallFiles.read(folder.manifest(), CatalogueJson.MOST_BYTES)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private List<ModelSnapshotRef> unlisted(List<ModelSnapshotRef> listed, List<ModelSnapshotRef> packaged)
            throws IOException {
        Set<String> versions = new HashSet<>();
        Set<String> names = new HashSet<>();
        for (ModelSnapshotRef snapshot : listed) {
            versions.add(snapshot.version());
            names.add(snapshot.file());
        }
        List<ModelSnapshotRef> candidates = new ArrayList<>(packaged);
        own().stream().filter(snapshot -> !packaged.contains(snapshot)).forEach(candidates::add);
        List<ModelSnapshotRef> added = new ArrayList<>();
        for (ModelSnapshotRef snapshot : candidates) {
            if (!names.contains(snapshot.file())
                    && !versions.contains(snapshot.version())
                    && isComplete(snapshot, packaged.contains(snapshot))) {
                added.add(snapshot);
            }
        }
        return added;
    }

    /** Returns all files that are called like a snapshot, oldest version first. */
    private List<ModelSnapshotRef> own() throws IOException {
        List<ModelSnapshotRef> snapshots = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder.path(), Files::isRegularFile)) {
            for (Path file : found) {
                String name = String.valueOf(file.getFileName());
                Matcher matcher = SNAPSHOT_NAME.matcher(name);
                if (matcher.matches()) {
                    CliVersion.parse(matcher.group(1))
                            .filter(CliVersion::isFileName)
                            .ifPresent(version -> snapshots.add(new ModelSnapshotRef(version.text(), name)));
                }
            }
        }
        snapshots.sort(Comparator.comparing(ModelSnapshotRef::version, CliVersion.ORDER)
                .thenComparing(ModelSnapshotRef::version));
        return snapshots;
    }

    /** A file of a packaged name need not say whose it is; one of another name must be what its name says. */
    private boolean isComplete(ModelSnapshotRef ref, boolean packaged) {
        try {
            CatalogueJson.Snapshot snapshot =
                    CatalogueJson.snapshot(SmallFiles.read(folder.file(ref.file()), CatalogueJson.MOST_BYTES));
            if (packaged
                    || (snapshot.engine().equals(Optional.of(folder.engine().wire()))
                            && snapshot.version().equals(Optional.of(ref.version())))) {
                return true;
            }
            LOG.warn("{} is not listed: it is of another engine or version", folder.file(ref.file()));
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn("{} is not listed: {}", folder.file(ref.file()), e.toString());
        }
        return false;
    }
}
