package skillrunner.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunRequest;
import skillrunner.domain.run.RunStatus;
import skillrunner.testkit.run.RunFixtures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The statuses that stand in SQL are those of the lifecycle. */
class StatusesInSqlTest {
    private static final Pattern WORD = Pattern.compile("'([a-z_]+)'");

    private Path file;

    @BeforeEach
    void make(@TempDir Path folder) {
        file = folder.resolve("runs.db");
        SqliteDatabase.open(file).close();
    }

    @Test
    void the_column_takes_the_statuses_of_the_lifecycle_and_no_others() throws SQLException {
        String table = sqlOf("runs");
        String column = table.substring(table.indexOf("CHECK (status IN"), table.indexOf("attempt "));

        assertThat(words(column)).isEqualTo(wire(status -> true));
    }

    @Test
    void the_index_over_unfinished_runs_covers_what_the_lifecycle_goes_on_from() throws SQLException {
        String index = sqlOf("runs_unfinished");

        assertThat(words(index.substring(index.indexOf("WHERE")))).isEqualTo(wire(status -> !status.isTerminal()));
    }

    @ParameterizedTest
    @EnumSource(RunStatus.class)
    void recovery_looks_at_every_run_that_has_not_ended_and_at_no_other(RunStatus status) throws SQLException {
        RunFixtures fixtures = new RunFixtures();
        RunRequest request = fixtures.awaitingRequest();
        Run run = fixtures.queuedRun(request);
        try (SqliteDatabase database = SqliteDatabase.open(file)) {
            database.requests().admit(request.servedBy(run.id(), false), run, 10, Optional.empty());
            String error = status == RunStatus.FAILED || status == RunStatus.CANCELED ? "'INTERNAL_ERROR'" : "NULL";
            execute("UPDATE runs SET status = '" + status.wire() + "', error_code = " + error + ", warnings = 'x'");
        }

        try (SqliteDatabase database = SqliteDatabase.open(file)) {
            database.runs().mendUnfinished(RunFixtures.LEASE, RunFixtures.NOW);
        }

        assertThat(queried("SELECT warnings FROM runs")).isEqualTo(status.isTerminal() ? "x" : "[]");
    }

    @Test
    void a_word_that_is_no_status_is_refused() {
        assertThatThrownBy(() -> execute(
                        "INSERT INTO runs (run_id, request_id, skill_id, engine, status, created_at, updated_at)"
                                + " VALUES ('r', 'q', 's', 'e', 'paused', 'x', 'x')"))
                .hasMessageContaining("CHECK");
    }

    private static Set<String> wire(Predicate<RunStatus> wanted) {
        return Arrays.stream(RunStatus.values())
                .filter(wanted)
                .map(RunStatus::wire)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> words(String sql) {
        return WORD.matcher(sql).results().map(found -> found.group(1)).collect(Collectors.toCollection(TreeSet::new));
    }

    private String sqlOf(String name) throws SQLException {
        return queried("SELECT sql FROM sqlite_master WHERE name = '" + name + "'");
    }

    private String queried(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
