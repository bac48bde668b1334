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
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunRequest;
import skillrunner.domain.run.RunStatus;
import skillrunner.domain.skill.InstallId;
import skillrunner.domain.skill.InstallStatus;
import skillrunner.domain.skill.SkillInstall;
import skillrunner.domain.upgrade.UpgradeId;
import skillrunner.domain.upgrade.UpgradeScope;
import skillrunner.domain.upgrade.UpgradeStatus;
import skillrunner.domain.upgrade.UpgradeTask;
import skillrunner.testkit.run.RunFixtures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The statuses that stand in SQL are those of the lifecycles. */
class StatusesInSqlTest {
    private static final Pattern WORD = Pattern.compile("'([a-z_]+)'");

    private Path file;
    private Path upgrades;

    @BeforeEach
    void make(@TempDir Path folder) {
        file = folder.resolve("runs.db");
        upgrades = folder.resolve("upgrades.db");
        SqliteDatabase.open(file).close();
        UpgradeDatabase.open(upgrades).close();
    }

    // runs

    @Test
    void the_column_takes_the_statuses_of_the_lifecycle_and_no_others() throws SQLException {
        String table = sqlOf(file, "runs");
        String column = table.substring(table.indexOf("CHECK (status IN"), table.indexOf("attempt "));

        assertThat(words(column)).isEqualTo(wire(RunStatus.values(), RunStatus::wire, status -> true));
    }

    @Test
    void the_index_over_unfinished_runs_covers_what_the_lifecycle_goes_on_from() throws SQLException {
        assertThat(words(conditionOf(file, "runs_unfinished")))
                .isEqualTo(wire(RunStatus.values(), RunStatus::wire, status -> !status.isTerminal()));
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
            execute(
                    file,
                    "UPDATE runs SET status = '" + status.wire() + "', error_code = " + error + ", warnings = 'x'");
        }

        try (SqliteDatabase database = SqliteDatabase.open(file)) {
            database.runs().mendUnfinished(RunFixtures.LEASE, RunFixtures.NOW);
        }

        assertThat(queried(file, "SELECT warnings FROM runs")).isEqualTo(status.isTerminal() ? "x" : "[]");
    }

    @Test
    void a_word_that_is_no_status_is_refused() {
        assertThatThrownBy(() -> execute(
                        file,
                        "INSERT INTO runs (run_id, request_id, skill_id, engine, status, created_at, updated_at)"
                                + " VALUES ('r', 'q', 's', 'e', 'paused', 'x', 'x')"))
                .hasMessageContaining("CHECK");
    }

    // installations

    @Test
    void the_column_of_installations_takes_the_statuses_of_their_lifecycle_and_no_others() throws SQLException {
        String table = sqlOf(file, "skill_installs");
        String column = table.substring(table.indexOf("CHECK (status IN"), table.indexOf("skill_id "));

        assertThat(words(column)).isEqualTo(wire(InstallStatus.values(), InstallStatus::wire, status -> true));
    }

    @Test
    void the_index_over_open_installations_covers_what_their_lifecycle_goes_on_from() throws SQLException {
        assertThat(words(conditionOf(file, "open_skill_installs")))
                .isEqualTo(wire(InstallStatus.values(), InstallStatus::wire, status -> !status.isTerminal()));
    }

    @ParameterizedTest
    @EnumSource(InstallStatus.class)
    void an_installation_is_open_until_it_has_ended(InstallStatus status) throws SQLException {
        SkillInstall install =
                SkillInstall.queued(new InstallId("00000000-0000-4000-8000-000000000001"), RunFixtures.NOW);
        try (SqliteDatabase database = SqliteDatabase.open(file)) {
            database.installs().add(install);
            execute(file, "UPDATE skill_installs SET status = '" + status.wire() + "'");

            assertThat(database.installs().open()).hasSize(status.isTerminal() ? 0 : 1);
        }
    }

    // upgrades

    @Test
    void the_index_over_active_upgrades_covers_what_their_lifecycle_goes_on_from() throws SQLException {
        assertThat(words(conditionOf(upgrades, "engine_upgrades_one_active")))
                .isEqualTo(wire(UpgradeStatus.values(), UpgradeStatus::wire, status -> !status.isTerminal()));
    }

    @ParameterizedTest
    @EnumSource(UpgradeStatus.class)
    void an_upgrade_is_active_until_it_has_ended(UpgradeStatus status) throws SQLException {
        UpgradeTask task = UpgradeTask.queued(
                new UpgradeId("00000000-0000-4000-8000-000000000001"),
                new UpgradeScope.All(),
                EngineId.BUILT_IN,
                RunFixtures.NOW);
        try (UpgradeDatabase database = UpgradeDatabase.open(upgrades)) {
            database.tasks().addIfNoneActive(task);
            execute(upgrades, "UPDATE engine_upgrades SET status = '" + status.wire() + "'");

            assertThat(database.tasks().active()).hasSize(status.isTerminal() ? 0 : 1);
        }
    }

    private static <S> Set<String> wire(S[] statuses, Function<S, String> word, Predicate<S> wanted) {
        return Arrays.stream(statuses).filter(wanted).map(word).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> words(String sql) {
        return WORD.matcher(sql).results().map(found -> found.group(1)).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String conditionOf(Path database, String index) throws SQLException {
        String sql = sqlOf(database, index);
        return sql.substring(sql.indexOf("WHERE"));
    }

    private static String sqlOf(Path database, String name) throws SQLException {
        return queried(database, "SELECT sql FROM sqlite_master WHERE name = '" + name + "'");
    }

    private static String queried(Path database, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }

    private static void execute(Path database, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
