package skillrunner.sqlite;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.application.storage.Patience;
import skillrunner.application.storage.StoreUnusableException;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunRequest;
import skillrunner.domain.store.StoreMark;
import skillrunner.testkit.run.RunFixtures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A database knows which one it is, how far it came, and whether its files are still its own. */
class KnownStoreTest {
    private final RunFixtures fixtures = new RunFixtures();

    @TempDir
    private Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void name() {
        file = folder.resolve("skill_runner.db");
    }

    @Test
    void its_mark_grows_with_everything_that_is_admitted_and_keeps_its_id() {
        StoreMark fresh;
        try (SqliteDatabase database = SqliteDatabase.open(file)) {
            fresh = database.mark();
            database.begin();
            admit(database);
            database.requests().addAwaiting(fixtures.awaitingRequest(), Optional.empty());
        }
        try (SqliteDatabase database = SqliteDatabase.open(file)) {
            assertThat(database.mark()).isEqualTo(new StoreMark(fresh.id(), fresh.starts() + 1, fresh.sequence() + 3));
        }
    }

    /** Another program may hold the file for a moment: a backup, a shell. */
    @ParameterizedTest
    @ValueSource(strings = {"PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE", "BEGIN IMMEDIATE"})
    void a_database_that_is_locked_when_the_server_starts_is_waited_for(String lock) throws Exception {
        StoreMark before;
        try (SqliteDatabase database = SqliteDatabase.open(file)) {
            before = database.mark();
        }
        CountDownLatch waiting = new CountDownLatch(1);
        Logger log = Logger.getLogger(Patience.class.getName());
        Handler listener = onEachLine(waiting::countDown);
        log.addHandler(listener);
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = other.createStatement()) {
            for (String each : lock.split(";")) {
                statement.execute(each);
            }
            CompletableFuture<StoreMark> opened = CompletableFuture.supplyAsync(() -> {
                try (SqliteDatabase database = SqliteDatabase.open(file)) {
                    database.begin();
                    return database.mark();
                }
            });
            assertThat(waiting.await(1, TimeUnit.MINUTES)).isTrue();
            statement.execute("ROLLBACK");
            other.close();

            assertThat(opened.get(2, TimeUnit.MINUTES).starts()).isEqualTo(before.starts() + 1);
        } finally {
            log.removeHandler(listener);
        }
    }

    private static Handler onEachLine(Runnable does) {
        return new Handler() {
            @Override
            public void publish(LogRecord line) {
                does.run();
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
    }

    @Test
    void two_databases_have_two_ids() {
        try (SqliteDatabase one = SqliteDatabase.open(file);
                SqliteDatabase other = SqliteDatabase.open(folder.resolve("other.db"))) {
            assertThat(one.mark().id()).isNotEqualTo(other.mark().id());
        }
    }

    @Test
    void work_is_no_fault_also_while_the_log_is_copied_back() throws IOException {
        try (SqliteDatabase database = SqliteDatabase.open(file)) {
            database.begin();
            for (int i = 0; i < 400; i++) {
                admit(database);
                if (i % 20 == 0) {
                    assertThat(database.fault()).as("after " + i).isEmpty();
                }
            }
            assertThat(Files.size(file)).as("the log was copied back").isGreaterThan(100_000);
            assertThat(database.fault()).isEmpty();
        }
    }

    @Test
    void a_file_that_another_program_reads_and_writes_beside_the_server_is_no_fault() throws Exception {
        try (SqliteDatabase database = SqliteDatabase.open(file)) {
            database.begin();
            admit(database);
            // A process of its own, as an operator would start it: in this one it would take the server's locks.
            Process program = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin/java").toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            OtherProgram.class.getName(),
                            file.toString())
                    .inheritIO()
                    .start();
            assertThat(program.waitFor()).isZero();
            assertThat(database.fault()).isEmpty();
            admit(database);
            assertThat(database.fault()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-wal", "-shm"})
    void a_removed_file_is_noticed(String part) throws IOException {
        try (SqliteDatabase database = begun()) {
            Path removed = folder.resolve("skill_runner.db" + part);
            Files.delete(removed);

            assertThat(database.fault()).contains(removed + " was removed");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-wal", "-shm"})
    void a_replaced_file_is_noticed_even_if_it_is_a_copy(String part) throws IOException {
        try (SqliteDatabase database = begun()) {
            Path replaced = folder.resolve("skill_runner.db" + part);
            Path copy = Files.copy(replaced, folder.resolve("copy"));
            Files.move(copy, replaced, StandardCopyOption.REPLACE_EXISTING);

            assertThat(database.fault()).contains(replaced + " was replaced");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 50, 4096})
    void a_truncated_database_is_noticed(long size) throws IOException {
        try (SqliteDatabase database = begun()) {
            truncate(file, size);

            assertThat(database.fault()).contains(file + " was truncated");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 32, 5000})
    void a_truncated_log_is_noticed(long size) throws IOException {
        try (SqliteDatabase database = begun()) {
            truncate(folder.resolve("skill_runner.db-wal"), size);

            assertThat(database.fault()).contains(folder.resolve("skill_runner.db-wal") + " was truncated");
        }
    }

    @Test
    void another_database_written_over_the_file_is_noticed() throws IOException {
        Path other = folder.resolve("other.db");
        try (SqliteDatabase database = SqliteDatabase.open(other)) {
            database.begin();
            for (int i = 0; i < 300; i++) {
                admit(database);
            }
        }
        try (SqliteDatabase database = begun()) {
            Files.write(
                    file, Files.readAllBytes(other), StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);

            assertThat(database.fault()).contains(file + " was overwritten by another database");
        }
    }

    @Test
    void garbage_written_over_the_file_is_noticed() throws IOException {
        try (SqliteDatabase database = begun()) {
            try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
                raw.write(new byte[200]);
            }

            assertThat(database.fault()).contains(file + " was overwritten");
        }
    }

    @Test
    void a_second_server_can_not_begin_on_a_claimed_file() {
        try (SqliteDatabase first = SqliteDatabase.open(file)) {
            first.begin();
            StoreMark before = first.mark();
            try (SqliteDatabase second = SqliteDatabase.open(file)) {
                assertThatThrownBy(second::begin)
                        .isInstanceOf(StoreUnusableException.class)
                        .hasMessageContaining("another server uses the database");
            }
            assertThat(first.mark()).isEqualTo(before);
        }
    }

    @Test
    void whoever_objects_to_what_a_file_says_of_itself_leaves_it_as_it_was() throws IOException {
        begun().close();
        byte[] before = Files.readAllBytes(file);

        assertThatThrownBy(() -> SqliteDatabase.open(file, found -> {
                    assertThat(found).isPresent();
                    throw new StoreUnusableException("not this one");
                }))
                .hasMessage("not this one");

        assertThat(Files.readAllBytes(file)).isEqualTo(before);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void a_file_whose_end_is_missing_is_refused_and_stays_as_it_is() throws IOException {
        begun().close();
        truncate(file, Files.size(file) / 2);
        byte[] before = Files.readAllBytes(file);

        assertThatThrownBy(() -> SqliteDatabase.open(file))
                .isInstanceOf(StoreUnusableException.class)
                .hasMessageContaining("its end is missing");

        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void a_database_of_another_program_is_refused_and_stays_as_it_is() throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE recipes (name TEXT)");
        }
        byte[] before = Files.readAllBytes(file);

        assertThatThrownBy(() -> SqliteDatabase.open(file))
                .isInstanceOf(StoreUnusableException.class)
                .hasMessageContaining("another program made it");

        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    /** A database that holds something in the file and something in the log. */
    private SqliteDatabase begun() {
        SqliteDatabase database = SqliteDatabase.open(file);
        database.begin();
        for (int i = 0; i < 20; i++) {
            admit(database);
        }
        return database;
    }

    private void admit(SqliteDatabase database) {
        RunRequest request = fixtures.awaitingRequest();
        Run run = fixtures.queuedRun(request);
        database.requests().admit(request.servedBy(run.id(), false), run, 1000, Optional.empty());
    }

    private static void truncate(Path path, long size) throws IOException {
        try (RandomAccessFile raw = new RandomAccessFile(path.toFile(), "rw")) {
            raw.setLength(size);
        }
    }
}
