package skillrunner.embedding.storage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skillrunner.application.storage.DiskReserve;
import skillrunner.application.storage.WatchDisk;
import skillrunner.embedding.background.Basics;
import skillrunner.embedding.background.OpenParts;
import skillrunner.embedding.settings.FolderInUseException;
import skillrunner.embedding.settings.StorageSettings;
import skillrunner.files.DurableFiles;
import skillrunner.files.FileTrees;
import skillrunner.sqlite.SqliteDatabase;
import skillrunner.sqlite.UpgradeDatabase;
import skillrunner.workspace.storage.FileDiskReserve;

/** Everything of a runner that has to do with where it keeps things: its folders, their lock, the databases, the disk. */
public final class StorageCapability {
    private static final Logger LOG = LoggerFactory.getLogger(StorageCapability.class);

    /** Nothing in it outlives a start. */
    private static final String TEMPORARY = "tmp";

    private static final List<String> FOLDERS = List.of("runs", "requests", TEMPORARY);

    private final StorageSettings settings;
    private final PrivateFolders folders;
    private final DiskReserve reserve;
    private final Stores stores;
    private final StoreWatch watch;
    private final WatchDisk watchDisk;

    private StorageCapability(Basics basics, Consumer<String> lost, OpenParts parts) {
        this.settings = basics.settings().storage();
        AnsweringFolders.require(Stream.of(
                settings.data(),
                settings.skills(),
                settings.builtinSkills(),
                settings.models(),
                settings.agentHome(),
                settings.npmPrefix()));
        this.folders = new PrivateFolders(settings);
        folders.make(settings.data());
        DataDirectoryLock lock = parts.add(
                DataDirectoryLock.take(settings.data()).orElseThrow(() -> new FolderInUseException(settings.data())));
        createFolders(settings, folders);
        this.reserve = new FileDiskReserve(settings.data(), FOLDERS);
        this.watchDisk = parts.add(new WatchDisk(reserve, basics.threads()));
        LibraryFolder.use(settings.data().resolve(TEMPORARY).toAbsolutePath());
        this.stores = parts.add(Stores.open(settings.data(), basics.json()));
        this.watch = parts.add(new StoreWatch(lock, stores, basics.threads(), lost));
        reserve.restore();
        closeDatabases(settings, folders);
    }

    /**
     * Takes the data directory and opens what lies there.
     *
     * @param basics what it stands on
     * @param lost called with half a sentence when the data directory is not any more what it was; nothing may be written then
     * @param parts gets what was opened, also if this throws
     * @return the storage
     * @throws skillrunner.embedding.settings.OpenRefusedException if it can't be had
     * @throws skillrunner.application.storage.StoreUnusableException if what lies there can't be used
     */
    public static StorageCapability open(Basics basics, Consumer<String> lost, OpenParts parts) {
        return new StorageCapability(basics, lost, parts);
    }

    /**
     * Returns the database of runs.
     *
     * @return it
     */
    public SqliteDatabase runs() {
        return stores.runs();
    }

    /**
     * Returns the database of upgrades.
     *
     * @return it
     */
    public UpgradeDatabase upgrades() {
        return stores.upgrades();
    }

    /**
     * Returns where files lie that nothing needs after this runner.
     *
     * @return a folder that is emptied at the next start
     */
    public Path temporary() {
        return settings.data().resolve(TEMPORARY);
    }

    /**
     * Returns what keeps a part of the disk free.
     *
     * @return it
     */
    public DiskReserve reserve() {
        return reserve;
    }

    /**
     * Tells whether something could be kept now.
     *
     * @return asks, and waits no longer than a probe may
     */
    public BooleanSupplier ready() {
        return AnsweringFolders.within(
                settings.data(),
                () -> !reserve.exhausted()
                        && reserve.writable()
                        && watch.fault().isEmpty());
    }

    /** Begins to look whether the disk is full. To be called before a run goes on, which may fill it. */
    public void watchDisk() {
        watchDisk.start();
    }

    /** Begins to look whether the data directory is still this runner's. */
    public void watchStores() {
        watch.start();
    }

    /**
     * Closes a file of this user to others. Where there is none, nothing happens.
     *
     * @param file the file
     * @throws skillrunner.embedding.settings.OpenRefusedException if it can't be closed to them
     */
    public void closeToOthers(Path file) {
        folders.closeFile(file);
    }

    private static void createFolders(StorageSettings storage, PrivateFolders folders) {
        // What a crash left of uploads in flight belongs to nobody.
        FileTrees.remove(storage.data().resolve(TEMPORARY));
        sweep(storage.data());
        sweep(storage.data().resolve("runs"));
        sweep(storage.data().resolve("engine_catalog"));
        FOLDERS.stream().map(storage.data()::resolve).forEach(folders::make);
        folders.make(storage.agentHome());
        Stream.of(storage.skills(), storage.models()).forEach(folders::makeOrLeave);
        folders.makeNpmPrefix();
    }

    /** Files that were being written, and belong to nobody either. They are in nobody's way, so they never stop a start. */
    private static void sweep(Path folder) {
        try {
            DurableFiles.sweepEarlier(folder);
        } catch (IOException e) {
            LOG.warn("unfinished files in {} could not be removed: {}", folder, e.toString());
        }
    }

    /** A database gives its own mode to the files it makes beside itself. */
    private static void closeDatabases(StorageSettings storage, PrivateFolders folders) {
        for (String database : List.of("skill_runner.db", "engine_upgrades.db")) {
            Stream.of("", "-wal", "-shm")
                    .map(end -> storage.data().resolve(database + end))
                    .forEach(folders::closeFile);
        }
    }
}
