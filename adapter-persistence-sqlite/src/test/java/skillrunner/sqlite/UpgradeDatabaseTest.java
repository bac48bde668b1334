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
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.application.storage.StorageFullException;
import skillrunner.application.upgrade.UpgradeTasks;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.upgrade.EngineUpgradeResult;
import skillrunner.domain.upgrade.EngineUpgradeStatus;
import skillrunner.domain.upgrade.UpgradeChange;
import skillrunner.domain.upgrade.UpgradeId;
import skillrunner.domain.upgrade.UpgradeScope;
import skillrunner.domain.upgrade.UpgradeStatus;
import skillrunner.domain.upgrade.UpgradeTask;
import skillrunner.testkit.background.SequentialIds;
import skillrunner.testkit.run.Racing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static skillrunner.domain.engine.EngineId.CODEX;
import static skillrunner.domain.engine.EngineId.GEMINI;
import static skillrunner.domain.engine.EngineId.IFLOW;
import static skillrunner.domain.engine.EngineId.OPENCODE;

/** The file itself: reopening, files of another program, newer files, a full disk, several servers. */
class UpgradeDatabaseTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.000006Z");
    private static final String FOREIGN_TABLE =
            """
            CREATE TABLE engine_upgrades (
              request_id TEXT PRIMARY KEY, mode TEXT NOT NULL, requested_engine TEXT, status TEXT NOT NULL,
              results_json TEXT NOT NULL, created_at TEXT NOT NULL, updated_at TEXT NOT NULL)
            """;

    private final SequentialIds ids = new SequentialIds();

    @TempDir
    private Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void name() {
        file = folder.resolve("engine_upgrades.db");
    }

    @Test
    void reopening_keeps_everything() {
        UpgradeTask running = queued(new UpgradeScope.All()).start(NOW).withResult(CODEX, well(), NOW);
        try (UpgradeDatabase database = UpgradeDatabase.open(file)) {
            database.tasks().addIfNoneActive(running);
        }

        try (UpgradeDatabase database = UpgradeDatabase.open(file)) {
            assertThat(database.tasks().find(running.id())).contains(running);
            assertThat(database.tasks().active()).containsExactly(running);
            assertThat(database.tasks().addIfNoneActive(queued(new UpgradeScope.All())))
                    .isFalse();
        }
    }

    @Test
    void what_was_written_is_there_even_if_the_server_never_closed_the_file() {
        try (UpgradeDatabase killed = UpgradeDatabase.open(file);
                UpgradeDatabase next = UpgradeDatabase.open(file)) {
            UpgradeTask task = queued(new UpgradeScope.Single(GEMINI));
            killed.tasks().addIfNoneActive(task);

            assertThat(next.tasks().find(task.id())).contains(task);
        }
    }

    @Test
    void two_servers_on_one_file_accept_one_task_together() {
        try (UpgradeDatabase one = UpgradeDatabase.open(file);
                UpgradeDatabase other = UpgradeDatabase.open(file)) {
            List<Callable<Boolean>> callers = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                UpgradeTasks tasks = i % 2 == 0 ? one.tasks() : other.tasks();
                UpgradeTask task = queued(new UpgradeScope.All());
                callers.add(() -> tasks.addIfNoneActive(task));
            }

            assertThat(Racing.race(callers)).filteredOn(won -> won).hasSize(1);
        }
    }

    @Test
    void the_results_are_stored_by_engine_with_all_their_parts() {
        try (UpgradeDatabase database = UpgradeDatabase.open(file)) {
            UpgradeTask task = queued(new UpgradeScope.Single(CODEX)).start(NOW);
            database.tasks().addIfNoneActive(task);
            database.tasks().save(new UpgradeChange(task, task.withResult(CODEX, well(), NOW)));

            Map<String, Object> row = database.read(handle -> handle.createQuery("SELECT * FROM engine_upgrades")
                    .mapToMap()
                    .one());

            assertThat(row)
                    .containsEntry("mode", "single")
                    .containsEntry("requested_engine", "codex")
                    .containsEntry("status", "running")
                    .containsEntry("engines_json", "[\"codex\"]")
                    .containsEntry(
                            "results_json",
                            "{\"codex\":{\"status\":\"succeeded\",\"stdout\":\"out\",\"stderr\":\"warn\","
                                    + "\"error\":null,\"version\":\"1.2.3\"}}")
                    .containsEntry("created_at", "2026-01-02T03:04:05.000006Z");
        }
    }

    // files of another program

    @Test
    void the_tasks_of_another_program_are_kept() throws SQLException {
        foreign(
                FOREIGN_TABLE,
                foreignRow(
                        1,
                        "single",
                        "gemini",
                        "failed",
                        "{\"gemini\":{\"status\":\"failed\",\"stdout\":\"o\",\"stderr\":\"EACCES\","
                                + "\"error\":\"Upgrade command exited with code 1\"}}"),
                foreignRow(2, "all", null, "succeeded", "{}"));

        try (UpgradeDatabase database = UpgradeDatabase.open(file)) {
            UpgradeTask single = database.tasks().find(id(1)).orElseThrow();
            assertThat(single.scope()).isEqualTo(new UpgradeScope.Single(GEMINI));
            assertThat(single.engines()).containsExactly(GEMINI);
            assertThat(single.status()).isEqualTo(UpgradeStatus.FAILED);
            assertThat(single.results())
                    .containsExactly(entry(
                            GEMINI,
                            EngineUpgradeResult.failed(
                                    "o", "EACCES", "Upgrade command exited with code 1", Optional.empty())));
            assertThat(single.createdAt()).isEqualTo(Instant.parse("2026-02-12T10:00:12Z"));
            assertThat(single.updatedAt()).isEqualTo(Instant.parse("2026-02-12T10:00:13.5Z"));
            UpgradeTask all = database.tasks().find(id(2)).orElseThrow();
            assertThat(all.engines()).isEqualTo(EngineId.BUILT_IN);
            assertThat(database.tasks().latestPlanning(GEMINI)).contains(all);
            UpgradeTask next = queued(new UpgradeScope.All());
            assertThat(database.tasks().addIfNoneActive(next)).isTrue();
            assertThat(database.tasks().latestPlanning(GEMINI)).contains(next);
        }
    }

    @Test
    void of_several_unfinished_tasks_of_another_program_the_newest_is_left_to_be_ended() throws SQLException {
        foreign(
                FOREIGN_TABLE,
                foreignRow(
                        1,
                        "all",
                        null,
                        "running",
                        "{\"codex\":{\"status\":\"succeeded\",\"stdout\":\"o\",\"error\":null}}"),
                foreignRow(2, "all", null, "queued", "{}"),
                foreignRow(3, "single", "iflow", "running", "{}"),
                foreignRow(4, "all", null, "succeeded", "{}"));

        try (UpgradeDatabase database = UpgradeDatabase.open(file)) {
            UpgradeTasks tasks = database.tasks();
            assertThat(tasks.active()).extracting(UpgradeTask::id).containsExactly(id(3));
            UpgradeTask running = tasks.find(id(1)).orElseThrow();
            assertThat(running.status()).isEqualTo(UpgradeStatus.FAILED);
            assertThat(running.updatedAt()).isAfter(running.createdAt());
            assertThat(running.results())
                    .containsExactly(
                            entry(CODEX, EngineUpgradeResult.succeeded("o", "", Optional.empty())),
                            entry(
                                    GEMINI,
                                    EngineUpgradeResult.failed(
                                            "", "", "Interrupted by server restart", Optional.empty())),
                            entry(IFLOW, EngineUpgradeResult.skipped("Interrupted by server restart")),
                            entry(OPENCODE, EngineUpgradeResult.skipped("Interrupted by server restart")));
            UpgradeTask queued = tasks.find(id(2)).orElseThrow();
            assertThat(queued.status()).isEqualTo(UpgradeStatus.FAILED);
            assertThat(queued.results()).hasSize(4);
            assertThat(queued.results().values())
                    .containsOnly(EngineUpgradeResult.skipped("Interrupted by server restart"));
            assertThat(tasks.addIfNoneActive(queued(new UpgradeScope.All()))).isFalse();

            UpgradeTask left = tasks.active().get(0);
            assertThat(tasks.save(new UpgradeChange(left, left.abandon("Interrupted by server restart", NOW))))
                    .isTrue();
            assertThat(tasks.find(id(3)).orElseThrow().results().get(IFLOW))
                    .isEqualTo(EngineUpgradeResult.failed("", "", "Interrupted by server restart", Optional.empty()));
            assertThat(tasks.addIfNoneActive(queued(new UpgradeScope.All()))).isTrue();
        }
    }

    @Test
    void an_unfinished_task_whose_results_are_broken_can_still_be_ended() throws SQLException {
        foreign(
                FOREIGN_TABLE,
                foreignRow(1, "all", null, "running", "{broken"),
                foreignRow(2, "single", "gemini", "running", "[]"));

        try (UpgradeDatabase database = UpgradeDatabase.open(file)) {
            assertThat(database.tasks().find(id(1)).orElseThrow().results()).hasSize(4);
            UpgradeTask left = database.tasks().active().get(0);
            assertThat(left.results()).isEmpty();
            assertThat(database.tasks().save(new UpgradeChange(left, left.abandon("stopped", NOW))))
                    .isTrue();
        }
    }

    @Test
    void a_file_of_another_program_is_adopted_once_and_then_opened_like_any() throws SQLException {
        foreign(FOREIGN_TABLE, foreignRow(1, "all", null, "running", "{}"));
        for (int i = 0; i < 3; i++) {
            try (UpgradeDatabase database = UpgradeDatabase.open(file)) {
                assertThat(database.tasks().active()).hasSize(1);
                int scripts = database.read(
                        handle -> handle.createQuery("SELECT count(*) FROM flyway_schema_history WHERE version = '1'")
                                .mapTo(Integer.class)
                                .one());
                assertThat(scripts).isEqualTo(1);
            }
        }
    }

    @Test
    void the_migration_tool_is_not_started_for_a_file_that_is_current() throws SQLException {
        foreign(FOREIGN_TABLE);
        try (UpgradeDatabase database = UpgradeDatabase.open(file)) {
            // The tool would refuse a script that changed; only its absence lets the next start pass.
            database.write(
                    handle -> handle.execute("UPDATE flyway_schema_history SET checksum = 1 WHERE version = '1'"));
        }

        try (UpgradeDatabase database = UpgradeDatabase.open(file)) {
            assertThat(database.tasks().active()).isEmpty();
        }
    }

    @Test
    void a_file_whose_history_is_lost_opens_again() throws SQLException {
        UpgradeTask task = queued(new UpgradeScope.Single(new EngineId("own")));
        try (UpgradeDatabase database = UpgradeDatabase.open(file)) {
            database.tasks().addIfNoneActive(task);
            database.write(handle -> handle.execute("DROP TABLE flyway_schema_history"));
        }

        try (UpgradeDatabase database = UpgradeDatabase.open(file)) {
            assertThat(database.tasks().find(task.id())).contains(task);
        }
    }

    @Test
    void what_another_program_writes_later_is_read_too_and_counts_as_active() throws SQLException {
        try (UpgradeDatabase database = UpgradeDatabase.open(file)) {
            foreign(foreignRow(1, "all", null, "running", "{\"brought-along\":{\"status\":\"pending\"}}"));

            UpgradeTask task = database.tasks().find(id(1)).orElseThrow();
            assertThat(task.engines()).containsExactly(CODEX, GEMINI, IFLOW, OPENCODE, new EngineId("brought-along"));
            assertThat(task.results().values())
                    .extracting(EngineUpgradeResult::status)
                    .containsExactly(EngineUpgradeStatus.FAILED);
            assertThat(database.tasks().latestPlanning(IFLOW)).contains(task);
            assertThat(database.tasks().latestPlanning(new EngineId("own"))).isEmpty();
            assertThat(database.tasks().addIfNoneActive(queued(new UpgradeScope.All())))
                    .isFalse();
            // However the other program spells its results, nobody has changed them since.
            assertThat(database.tasks().save(new UpgradeChange(task, task.abandon("stopped", NOW))))
                    .isTrue();
        }
    }

    // trouble

    @Test
    void a_file_newer_than_the_program_is_refused_and_stays_as_it_is() throws IOException {
        try (UpgradeDatabase database = UpgradeDatabase.open(file)) {
            database.write(
                    handle -> handle.execute(
                            """
                    INSERT INTO flyway_schema_history
                           (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)
                    VALUES (99, '99', 'from the future', 'SQL', 'V99__from_the_future.sql', 1, '', 0, 1)
                    """));
        }
        byte[] before = Files.readAllBytes(file);

        assertThatThrownBy(() -> UpgradeDatabase.open(file))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("engine_upgrades.db")
                .hasMessageContaining("newer than this program");

        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void a_file_that_is_no_database_is_refused_and_stays_as_it_is() throws IOException {
        String garbage = "this is not a database ".repeat(100);
        Files.writeString(file, garbage);

        assertThatThrownBy(() -> UpgradeDatabase.open(file))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("engine_upgrades.db")
                .hasMessageContaining("can't be used");

        assertThat(file).hasContent(garbage);
    }

    @Test
    void a_full_disk_refuses_a_result_changes_nothing_and_passes() {
        try (UpgradeDatabase database = UpgradeDatabase.open(file)) {
            UpgradeTask task = queued(new UpgradeScope.Single(CODEX)).start(NOW);
            database.tasks().addIfNoneActive(task);
            int pages = setLimit(database, 0);
            setLimit(database, pages + 2);
            UpgradeTask large = task.withResult(
                    CODEX, EngineUpgradeResult.succeeded("x".repeat(200_000), "", Optional.empty()), NOW);
            UpgradeChange change = new UpgradeChange(task, large);

            assertThatThrownBy(() -> database.tasks().save(change)).isInstanceOf(StorageFullException.class);
            assertThat(database.tasks().find(task.id())).contains(task);

            setLimit(database, 1_000_000);
            assertThat(database.tasks().save(change)).isTrue();
            assertThat(database.tasks().find(task.id())).contains(large);
        }
    }

    private static int setLimit(UpgradeDatabase database, int pages) {
        return database.write(handle -> {
            if (pages > 0) {
                handle.createQuery("PRAGMA max_page_count = " + pages)
                        .mapTo(Integer.class)
                        .one();
            }
            return handle.createQuery("PRAGMA page_count").mapTo(Integer.class).one();
        });
    }

    private void foreign(String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static String foreignRow(int number, String mode, @Nullable String engine, String status, String results) {
        return "INSERT INTO engine_upgrades (request_id, mode, requested_engine, status, results_json, created_at,"
                + " updated_at) VALUES ('" + id(number) + "', '" + mode + "', "
                + (engine == null ? "NULL" : "'" + engine + "'") + ", '" + status + "', '" + results
                + "', '2026-02-12T10:00:12', '2026-02-12T10:00:13.500000')";
    }

    private UpgradeTask queued(UpgradeScope scope) {
        return UpgradeTask.queued(
                new UpgradeId(SequentialIds.id(1_000 + Long.parseLong(ids.next().substring(24), 16))),
                scope,
                scope.engines(EngineId.BUILT_IN),
                NOW);
    }

    private static UpgradeId id(int number) {
        return new UpgradeId(SequentialIds.id(number));
    }

    private static EngineUpgradeResult well() {
        return EngineUpgradeResult.succeeded("out", "warn", Optional.of("1.2.3"));
    }
}
