package skillrunner.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skillrunner.app.settings.StorageSettings;
import skillrunner.app.store.DataDirectoryLock;
import skillrunner.app.store.StoreWatch;
import skillrunner.app.store.Stores;
import skillrunner.application.storage.DiskReserve;
import skillrunner.application.storage.WatchDisk;
import skillrunner.files.DurableFiles;
import skillrunner.files.FileTrees;
import skillrunner.process.console.PtyConsoles;
import skillrunner.sqlite.NativeLibrary;
import skillrunner.sqlite.SqliteDatabase;
import skillrunner.sqlite.UpgradeDatabase;
import skillrunner.workspace.storage.FileDiskReserve;

/** Everything of a server that has to do with where it keeps things: its folders, their lock, the databases, the disk. */
final class StorageCapability {
    private static final Logger LOG = LoggerFactory.getLogger(StorageCapability.class);

    /** Nothing in it outlives a start. */
    private static final String TEMPORARY = "tmp";

    private static final List<String> FOLDERS = List.of("runs", "requests", TEMPORARY);

    private final StorageSettings settings;
    private final DiskReserve reserve;
    private final Stores stores;
    private final StoreWatch watch;
    private final WatchDisk watchDisk;

    private StorageCapability(Basics basics, Consumer<String> lost, ServerParts parts) {
        this.settings = basics.settings().storage();
        AnsweringFolders.require(Stream.of(
                settings.data(),
                settings.skills(),
                settings.builtinSkills(),
                settings.models(),
                settings.agentHome(),
                settings.npmPrefix()));
        PrivateFolders folders = new PrivateFolders(settings);
        folders.make(settings.data());
        DataDirectoryLock lock = parts.add(DataDirectoryLock.take(settings.data())
                .orElseThrow(() -> new StartRefusedException("another server uses the data directory " + settings.data()
                        + "; set SKILL_RUNNER_DATA_DIR to another one")));
        createFolders(settings, folders);
        this.reserve = new FileDiskReserve(settings.data(), FOLDERS);
        this.watchDisk = parts.add(new WatchDisk(reserve, basics.threads()));
        unpackInto(settings.data().resolve(TEMPORARY).toAbsolutePath());
        this.stores = parts.add(Stores.open(settings.data(), basics.json()));
        this.watch = parts.add(new StoreWatch(lock, stores, basics.threads(), lost));
        reserve.restore();
        closeDatabases(settings, folders);
        basics.settings().log().file().ifPresent(folders::closeFile);
    }

    /** Where nothing can be executed the libraries are unpacked into the machine's folder for temporary files. */
    private static void unpackInto(Path folder) {
        Path common = Path.of(System.getProperty("java.io.tmpdir"));
        if (NativeLibrary.canBeLoadedFrom(folder)) {
            Stream.concat(Stream.of(NativeLibrary.UNPACKED_TO), PtyConsoles.UNPACKED_TO.stream())
                    .filter(property -> System.getProperty(property) == null)
                    .forEach(property -> System.setProperty(property, folder.toString()));
        } else if (System.getProperty(NativeLibrary.UNPACKED_TO) == null
                && System.getProperty(NativeLibrary.PUT_ASIDE_IN) == null
                && !NativeLibrary.canBeLoadedFrom(common)) {
            throw new StartRefusedException(
                    "SQLite's library can be loaded neither from " + folder + " nor from " + common
                            + ": they take no files, or are mounted noexec; name another folder with SKILL_RUNNER_JAVA_OPTIONS=-D"
                            + NativeLibrary.UNPACKED_TO + "=FOLDER");
        }
    }

    /** Takes the data directory and opens what lies there. */
    static StorageCapability open(Basics basics, Consumer<String> lost, ServerParts parts) {
        return new StorageCapability(basics, lost, parts);
    }

    SqliteDatabase runs() {
        return stores.runs();
    }

    UpgradeDatabase upgrades() {
        return stores.upgrades();
    }

    DiskReserve reserve() {
        return reserve;
    }

    /** Tells whether something could be kept now. */
    BooleanSupplier ready() {
        return AnsweringFolders.within(
                settings.data(),
                () -> !reserve.exhausted()
                        && reserve.writable()
                        && watch.fault().isEmpty());
    }

    /** Begins to look whether the disk is full. To be called before a run goes on, which may fill it. */
    void watchDisk() {
        watchDisk.start();
    }

    /** Begins to look whether the data directory is still this server's. */
    void watchStores() {
        watch.start();
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
