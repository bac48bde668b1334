package skillrunner.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.application.run.RunListing;
import skillrunner.application.run.RunQuery;
import skillrunner.application.run.Runs;
import skillrunner.application.run.admission.RunRequests;
import skillrunner.application.storage.StorageFullException;
import skillrunner.application.storage.StoreUnusableException;
import skillrunner.domain.run.Attempt;
import skillrunner.domain.run.OutputContract;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunId;
import skillrunner.domain.run.RunRequest;
import skillrunner.domain.run.RunStatus;
import skillrunner.testkit.run.Racing;
import skillrunner.testkit.run.RunFixtures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The file itself: reopening, foreign and newer files, a full disk, several servers. */
class SqliteDatabaseTest {
    private final RunFixtures fixtures = new RunFixtures();

    @Test
    void reopening_keeps_everything(@TempDir Path folder) {
        Path file = folder.resolve("runs.db");
        Run run;
        RunRequest waiting = fixtures.awaitingRequest();
        try (SqliteDatabase database = SqliteDatabase.open(file)) {
            run = admit(database.requests());
            Run taken = database.runs()
                    .takeNextQueued(RunFixtures.LEASE, RunFixtures.NOW)
                    .orElseThrow();
            database.attempts()
                    .save(RunFixtures.startingAttempt(taken, 1)
                            .ended(RunFixtures.aReceipt(1, Optional.of(0)), RunFixtures.NOW));
            database.cache().put("key", run.id(), RunFixtures.NOW);
            database.runs().save(taken.succeeded(List.of("W"), RunFixtures.NOW));
            database.requests().addAwaiting(waiting, Optional.empty());
        }

        try (SqliteDatabase database = SqliteDatabase.open(file)) {
            Run found = database.runs().find(run.id()).orElseThrow();
            assertThat(found.status()).isEqualTo(RunStatus.SUCCEEDED);
            assertThat(found.warnings()).containsExactly("W");
            assertThat(database.runs().findRequest(waiting.id())).contains(waiting);
            assertThat(database.attempts().find(run.id(), 1).orElseThrow().receipt())
                    .contains(RunFixtures.aReceipt(1, Optional.of(0)));
            assertThat(database.cache().find("key")).contains(run.id());
        }
    }

    @Test
    void a_run_that_works_when_leases_come_is_kept_and_can_be_taken_over(@TempDir Path folder) throws SQLException {
        Path file = folder.resolve("runs.db");
        Run run = fixtures.queuedRun(fixtures.awaitingRequest());
        asOfVersion("5", file);
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "INSERT INTO runs (run_id, request_id, skill_id, engine, status, attempt, fence, owner_node,"
                            + " created_at, updated_at) VALUES ('" + run.id() + "', '" + run.requestId()
                            + "', 'demo', 'codex', 'running', 1, 1, 'local', '2026-11-01T00:00:00.000000Z',"
                            + " '2026-11-01T00:00:00.000000Z')");
        }

        try (SqliteDatabase database = SqliteDatabase.open(file)) {
            assertThat(database.runs().inStatus(RunStatus.RUNNING))
                    .singleElement()
                    .satisfies(found -> {
                        assertThat(found.id()).isEqualTo(run.id());
                        assertThat(found.fence()).isEqualTo(1);
                        assertThat(found.lease()).isEmpty();
                    });
            assertThat(database.runs().takeOver(run.id(), RunFixtures.LEASE, RunFixtures.NOW))
                    .isPresent();
        }
    }

    @Test
    void runs_and_requests_of_an_earlier_version_are_counted_and_found_since_a_moment(@TempDir Path folder)
            throws SQLException {
        Path file = folder.resolve("runs.db");
        asOfVersion("9", file);
        List<String> moments = List.of("10", "30", "20", "40");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            for (String second : moments) {
                Run run = fixtures.queuedRun(fixtures.awaitingRequest());
                String moment = "'2026-11-01T00:00:" + second + ".000000Z'";
                statement.execute(
                        "INSERT INTO runs (run_id, request_id, skill_id, engine, status, created_at, updated_at) VALUES ('"
                                + run.id() + "', '" + run.requestId() + "', 'demo', 'codex', 'succeeded', " + moment
                                + ", "
                                + moment + ")");
                statement.execute(
                        "INSERT INTO requests (request_id, skill_id, engine, input, parameter, runtime_options, run_id,"
                                + " created_at) VALUES ('" + run.requestId() + "', 'demo', 'codex', '{}', '{}', '{}', '"
                                + run.id() + "', " + moment + ")");
            }
        }

        try (SqliteDatabase database = SqliteDatabase.open(file)) {
            assertThat(database.runs().countByStatus()).containsEntry(RunStatus.SUCCEEDED, 4L);
            assertThat(database.runs()
                            .list(new RunQuery(
                                    Set.of(),
                                    Optional.empty(),
                                    Optional.empty(),
                                    Optional.of(Instant.parse("2026-11-01T00:00:25Z")),
                                    Optional.empty(),
                                    10)))
                    .extracting(RunListing::sequence)
                    .containsExactly(4L, 2L);
        }
    }

    /** Makes the file that an earlier version made. */
    private static void asOfVersion(String version, Path file) {
        Flyway.configure()
                .dataSource("jdbc:sqlite:" + file, null, null)
                .locations("classpath:" + SqliteDatabase.MIGRATIONS.folder())
                .target(version)
                .load()
                .migrate();
    }

    @Test
    void what_was_written_is_there_even_if_the_server_never_closed_the_file(@TempDir Path folder) {
        Path file = folder.resolve("runs.db");
        try (SqliteDatabase killed = SqliteDatabase.open(file);
                SqliteDatabase next = SqliteDatabase.open(file)) {
            Run run = admit(killed.requests());

            assertThat(next.runs().find(run.id())).contains(run);
        }
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void what_is_no_file_is_refused_at_once_and_neither_waited_for_nor_given_to_the_library(@TempDir Path folder)
            throws Exception {
        Path pipe = folder.resolve("pipe.db");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        Path circle = folder.resolve("circle.db");
        for (Path each : List.of(
                pipe,
                Files.createDirectory(folder.resolve("folder.db")),
                Files.createSymbolicLink(circle, circle),
                Files.createSymbolicLink(folder.resolve("dangling.db"), folder.resolve("nowhere")),
                Files.createSymbolicLink(folder.resolve("endless.db"), Path.of("/dev/zero")))) {
            assertThatThrownBy(() -> SqliteDatabase.open(each))
                    .isInstanceOf(StoreUnusableException.class)
                    .hasMessage("the database " + each
                            + " can't be used: it is no regular file; put back the right one, or restore a backup");
        }
        assertThat(folder.resolve("nowhere")).doesNotExist();
        for (String part : List.of("-wal", "-shm")) {
            Path file = folder.resolve("beside" + part + ".db");
            SqliteDatabase.open(file).close();
            Files.createDirectory(folder.resolve(file.getFileName() + part));
            assertThatThrownBy(() -> SqliteDatabase.open(file))
                    .isInstanceOf(StoreUnusableException.class)
                    .hasMessageContaining(file.getFileName() + part + " is no regular file");
        }
    }

    @Test
    void a_database_newer_than_the_program_is_refused_and_stays_as_it_is(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("runs.db");
        try (SqliteDatabase database = SqliteDatabase.open(file)) {
            admit(database.requests());
            database.write(
                    handle -> handle.execute(
                            """
                    INSERT INTO flyway_schema_history
                           (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)
                    VALUES (99, '99', 'from the future', 'SQL', 'V99__from_the_future.sql', 1, '', 0, 1)
                    """));
        }
        byte[] before = Files.readAllBytes(file);

        assertThatThrownBy(() -> SqliteDatabase.open(file))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("runs.db")
                .hasMessageContaining("newer than this program");

        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void a_file_that_is_no_database_is_refused_and_stays_as_it_is(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("runs.db");
        String garbage = "this is not a database ".repeat(100);
        Files.writeString(file, garbage);

        assertThatThrownBy(() -> SqliteDatabase.open(file))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("runs.db")
                .hasMessageContaining("can't be used");

        assertThat(file).hasContent(garbage);
    }

    @Test
    void a_full_disk_refuses_the_write_changes_nothing_and_passes(@TempDir Path folder) {
        try (SqliteDatabase database = SqliteDatabase.open(folder.resolve("runs.db"))) {
            Runs runs = database.runs();
            RunRequests requests = database.requests();
            Run known = admit(requests);
            limitToPresentSize(database);
            Run large = fixtures.queuedRun(fixtures.awaitingRequest());
            RunRequest request = withLargeInput(large.id());

            assertThatThrownBy(() -> requests.admit(request, large, 100, Optional.empty()))
                    .isInstanceOf(StorageFullException.class);
            assertThatThrownBy(() -> requests.addAwaiting(withLargeInput(large.id()), Optional.empty()))
                    .isInstanceOf(StorageFullException.class);

            assertThat(runs.find(large.id())).isEmpty();
            assertThat(runs.findRequest(request.id())).isEmpty();
            assertThat(runs.find(known.id())).contains(known);
            assertThat(runs.countByStatus()).containsEntry(RunStatus.QUEUED, 1L);

            lift(database);
            assertThat(requests.admit(request, large, 100, Optional.empty())).isEqualTo(RunRequests.Admission.ADMITTED);
            assertThat(runs.findRequest(request.id())).contains(request);
        }
    }

    @Test
    void a_full_disk_leaves_an_attempt_as_it_was(@TempDir Path folder) {
        try (SqliteDatabase database = SqliteDatabase.open(folder.resolve("runs.db"))) {
            Run run = admit(database.requests());
            Attempt small = RunFixtures.startingAttempt(run, 1);
            database.attempts().save(small);
            limitToPresentSize(database);
            Attempt large = Attempt.starting(
                    run.id(),
                    1,
                    60,
                    new OutputContract(Map.of("description", "x".repeat(2_000_000)), List.of()),
                    RunFixtures.NOW);

            assertThatThrownBy(() -> database.attempts().save(large)).isInstanceOf(StorageFullException.class);

            assertThat(database.attempts().find(run.id(), 1)).contains(small);
        }
    }

    @Test
    void two_servers_on_one_file_take_each_queued_run_once(@TempDir Path folder) {
        Path file = folder.resolve("runs.db");
        try (SqliteDatabase one = SqliteDatabase.open(file);
                SqliteDatabase other = SqliteDatabase.open(file)) {
            List<RunId> admitted = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                admitted.add(
                        admit(i % 2 == 0 ? one.requests() : other.requests()).id());
            }

            List<List<RunId>> taken = Racing.race(List.<Callable<List<RunId>>>of(
                    () -> takeAll(one.runs(), "one"), () -> takeAll(other.runs(), "other"),
                    () -> takeAll(one.runs(), "one"), () -> takeAll(other.runs(), "other")));

            assertThat(taken.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(admitted);
        }
    }

    @Test
    void two_servers_on_one_file_never_exceed_the_queue_together(@TempDir Path folder) {
        Path file = folder.resolve("runs.db");
        try (SqliteDatabase one = SqliteDatabase.open(file);
                SqliteDatabase other = SqliteDatabase.open(file)) {
            List<Callable<RunRequests.Admission>> callers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                RunRequests requests = i % 2 == 0 ? one.requests() : other.requests();
                RunRequest request = fixtures.awaitingRequest();
                Run run = fixtures.queuedRun(request);
                callers.add(() -> requests.admit(request.servedBy(run.id(), false), run, 3, Optional.empty()));
            }

            assertThat(Racing.race(callers))
                    .filteredOn(RunRequests.Admission.ADMITTED::equals)
                    .hasSize(3);
        }
    }

    private static List<RunId> takeAll(Runs runs, String node) {
        List<RunId> own = new ArrayList<>();
        for (Optional<Run> run = runs.takeNextQueued(RunFixtures.lease(node), RunFixtures.NOW);
                run.isPresent();
                run = runs.takeNextQueued(RunFixtures.lease(node), RunFixtures.NOW)) {
            own.add(run.get().id());
        }
        return own;
    }

    private Run admit(RunRequests requests) {
        RunRequest request = fixtures.awaitingRequest();
        Run run = fixtures.queuedRun(request);
        assertThat(requests.admit(request.servedBy(run.id(), false), run, 100, Optional.empty()))
                .isEqualTo(RunRequests.Admission.ADMITTED);
        return run;
    }

    private RunRequest withLargeInput(RunId run) {
        RunRequest small = fixtures.awaitingRequest();
        return new RunRequest(
                small.id(),
                small.kind(),
                small.skill(),
                small.engine(),
                small.model(),
                Map.of("text", "x".repeat(2_000_000)),
                small.parameter(),
                small.options(),
                small.skillFingerprint(),
                small.cacheKey(),
                Optional.of(run),
                small.cacheHit(),
                small.createdAt());
    }

    private static void limitToPresentSize(SqliteDatabase database) {
        int pages = database.write(handle ->
                handle.createQuery("PRAGMA page_count").mapTo(Integer.class).one());
        setLimit(database, pages + 4);
    }

    private static void lift(SqliteDatabase database) {
        setLimit(database, 1_000_000);
    }

    private static void setLimit(SqliteDatabase database, int pages) {
        int effective = database.write(handle -> handle.createQuery("PRAGMA max_page_count = " + pages)
                .mapTo(Integer.class)
                .one());
        assertThat(effective).isEqualTo(pages);
    }
}
