package skillrunner.embedding.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skillrunner.application.json.JsonText;
import skillrunner.application.storage.StoreUnusableException;
import skillrunner.domain.run.RunId;
import skillrunner.domain.store.StoreMark;
import skillrunner.domain.store.StorePolicy;
import skillrunner.sqlite.KnownStore;
import skillrunner.sqlite.SqliteDatabase;
import skillrunner.sqlite.UpgradeDatabase;

/**
 * The databases of a data directory. Opened only if they are what was written down about them; nothing is changed in one
 * that is not. Safe for concurrent use.
 */
public final class Stores implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Stores.class);
    private static final String RUNS = "skill_runner.db";
    private static final String UPGRADES = "engine_upgrades.db";

    /** Shorter than its own header, a write-ahead log holds nothing. */
    private static final long LEAST_LOG_BYTES = 32;

    private final Path data;
    private final JsonText json;
    private final SqliteDatabase runs;
    private final UpgradeDatabase upgrades;
    private final Map<String, KnownStore> stores = new LinkedHashMap<>();
    private StoreRecord recorded;

    private Stores(Path data, JsonText json, StoreRecord recorded) {
        this.data = data;
        this.json = json;
        this.recorded = recorded;
        boolean logIsLost = recorded.open() && isShorter(data.resolve(RUNS + "-wal"), LEAST_LOG_BYTES);
        refuseLoss(RUNS, holdsRuns());
        refuseLoss(UPGRADES, false);
        try {
            this.runs = opened(RUNS, SqliteDatabase.open(data.resolve(RUNS), found -> check(RUNS, found)));
            this.upgrades = opened(UPGRADES, UpgradeDatabase.open(data.resolve(UPGRADES), this::checkUpgrades));
            if (logIsLost) {
                refuseUnknownRuns(runs);
            }
            stores.values().forEach(KnownStore::begin);
        } catch (RuntimeException | Error e) {
            stores.values().forEach(KnownStore::close);
            throw e;
        }
    }

    private <T extends KnownStore> T opened(String database, T store) {
        stores.put(database, store);
        return store;
    }

    /**
     * Opens the databases, creating or migrating them first.
     *
     * @param data the data directory
     * @param json reads and writes what is written down about them
     * @return them
     * @throws StoreUnusableException if one is missing, damaged, older than it was or another installation's
     */
    public static Stores open(Path data, JsonText json) {
        return new Stores(data, json, StoreRecord.read(data, json));
    }

    /**
     * Returns the database of requests, runs and installations.
     *
     * @return it
     */
    public SqliteDatabase runs() {
        return runs;
    }

    /**
     * Returns the database of upgrades.
     *
     * @return it
     */
    public UpgradeDatabase upgrades() {
        return upgrades;
    }

    /**
     * Tells whether the files are still the ones that were opened.
     *
     * @return half a sentence about what is wrong; empty if nothing is
     */
    public Optional<String> fault() {
        return stores.values().stream()
                .map(KnownStore::fault)
                .flatMap(Optional::stream)
                .findFirst();
    }

    /**
     * Writes down how far the databases have come, if that has changed.
     *
     * @param open whether this runner goes on using them
     */
    synchronized void writeDown(boolean open) {
        Map<String, StoreMark> marks = new LinkedHashMap<>();
        stores.forEach((name, store) -> marks.put(name, store.mark()));
        StoreRecord present = new StoreRecord(marks, open);
        if (!present.equals(recorded)) {
            present.write(data, json);
            recorded = present;
        }
    }

    @Override
    public void close() {
        stores.values().forEach(KnownStore::close);
    }

    private void refuseLoss(String database, boolean needed) {
        Path file = data.resolve(database);
        if ((recorded.mark(database).isPresent() || needed) && isShorter(file, 1)) {
            throw new StoreUnusableException("the database " + file + " is missing or empty, but this installation has"
                    + " used it: restore a backup, or move " + StoreRecord.FILE + " and runs/ out of " + data
                    + " to begin anew");
        }
    }

    private void check(String database, Optional<StoreMark> found) {
        Optional<StoreMark> known = recorded.mark(database);
        Optional<String> objection = found.isPresent()
                ? StorePolicy.objection(known, found.get())
                : known.map(mark -> "is not the one that this installation last used");
        objection.ifPresent(reason -> {
            throw refusal(database, reason);
        });
    }

    /** A file of another program is taken over, unless it stands in for one of ours with tasks in it. */
    private void checkUpgrades(Optional<StoreMark> found) {
        if (found.isPresent()
                || recorded.mark(UPGRADES).filter(mark -> mark.sequence() > 0).isPresent()) {
            check(UPGRADES, found);
        }
    }

    /** Every run has a row before it has a folder. */
    private void refuseUnknownRuns(SqliteDatabase known) {
        try (Stream<Path> folders = Files.list(data.resolve("runs"))) {
            Optional<RunId> unknown = folders.map(folder -> RunId.parse(String.valueOf(folder.getFileName())))
                    .flatMap(Optional::stream)
                    .filter(run -> known.runs().find(run).isEmpty())
                    .findFirst();
            if (unknown.isPresent()) {
                throw refusal(RUNS, "has lost its write-ahead log, and the run " + unknown.get() + " with it");
            }
        } catch (IOException e) {
            LOG.warn("the runs could not be compared with the database: {}", e.toString());
        }
    }

    private StoreUnusableException refusal(String database, String reason) {
        return new StoreUnusableException("the database " + data.resolve(database) + " " + reason
                + ": put back the right one, or delete " + data.resolve(StoreRecord.FILE) + " to accept this one");
    }

    private boolean holdsRuns() {
        try (Stream<Path> folders = Files.list(data.resolve("runs"))) {
            return folders.anyMatch(
                    folder -> RunId.parse(String.valueOf(folder.getFileName())).isPresent());
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isShorter(Path file, long bytes) {
        try {
            return Files.size(file) < bytes;
        } catch (IOException e) {
            return Files.notExists(file);
        }
    }
}
