package skillrunner.sqlite.run;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.sqlobject.SqlObjectPlugin;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.sqlite.ProgressHandler;
import skillrunner.application.run.RunQuery;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.run.RunStatus;
import skillrunner.domain.skill.SkillId;
import skillrunner.sqlite.SqliteDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** A page costs as many steps of the database's machine when there are more runs, whatever is asked for. */
@Tag("one-jdk")
class ListCostTest {
    private static final int FEW = 1_000;
    private static final int MANY = 20_000;
    private static final int SHOWN = 50;

    /** Both files reach from the first of these moments to the last. */
    private static final Instant BEGIN = Instant.parse("2026-11-01T00:00:00Z");

    private static final Instant MIDDLE = Instant.parse("2026-11-06T00:00:00Z");
    private static final Instant AFTER_ALL = Instant.parse("2026-12-01T00:00:00Z");

    private static final Optional<SkillId> DEMO = Optional.of(new SkillId("demo"));
    private static final Optional<SkillId> OTHER = Optional.of(new SkillId("other"));
    private static final Optional<EngineId> CODEX = Optional.of(EngineId.CODEX);
    private static final Optional<EngineId> GEMINI = Optional.of(EngineId.GEMINI);

    @TempDir
    private static Path folder;

    @BeforeAll
    static void fill() throws SQLException {
        fill(FEW);
        fill(MANY);
    }

    static Stream<Arguments> queries() {
        return Stream.of(
                arguments("all", query(Set.of(), Optional.empty(), Optional.empty(), Optional.empty()), SHOWN),
                arguments(
                        "a status",
                        query(Set.of(RunStatus.FAILED), Optional.empty(), Optional.empty(), Optional.empty()),
                        SHOWN),
                arguments("a skill", query(Set.of(), DEMO, Optional.empty(), Optional.empty()), SHOWN),
                arguments("an engine", query(Set.of(), Optional.empty(), GEMINI, Optional.empty()), SHOWN),
                arguments(
                        "since long ago",
                        query(Set.of(), Optional.empty(), Optional.empty(), Optional.of(BEGIN)),
                        SHOWN),
                arguments(
                        "since half of it",
                        query(Set.of(), Optional.empty(), Optional.empty(), Optional.of(MIDDLE)),
                        SHOWN),
                arguments(
                        "since nothing came",
                        query(Set.of(), Optional.empty(), Optional.empty(), Optional.of(AFTER_ALL)),
                        0),
                arguments(
                        "a status since",
                        query(Set.of(RunStatus.FAILED), Optional.empty(), Optional.empty(), Optional.of(MIDDLE)),
                        SHOWN),
                arguments("everything", query(Set.of(RunStatus.FAILED), DEMO, CODEX, Optional.of(BEGIN)), SHOWN),
                arguments("a skill on an engine", query(Set.of(), DEMO, GEMINI, Optional.of(MIDDLE)), SHOWN),
                arguments("a skill that never ran on an engine", query(Set.of(), OTHER, GEMINI, Optional.empty()), 0),
                arguments(
                        "a status that no run is in",
                        query(Set.of(RunStatus.RUNNING), DEMO, CODEX, Optional.of(BEGIN)),
                        0));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("queries")
    void a_page_takes_no_more_steps_with_more_runs(String name, RunQuery query, int expected) throws SQLException {
        assertCostsNoMore(handle -> new RunLists(query).runs(handle).size(), expected);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("queries")
    void requests_that_wait_take_no_more_steps_with_more_runs(String name, RunQuery query, int ignored)
            throws SQLException {
        assertCostsNoMore(handle -> new RunLists(query).awaiting(handle).size(), 0);
    }

    @Test
    void a_page_from_the_middle_takes_no_more_steps_than_the_first() throws SQLException {
        try (Connection connection = opened(MANY);
                Handle handle = handle(connection)) {
            long first = counted(connection, () -> assertThat(new RunLists(from(Optional.empty())).runs(handle))
                    .hasSize(SHOWN));
            long middle = counted(connection, () -> assertThat(new RunLists(from(Optional.of(MANY / 2L))).runs(handle))
                    .hasSize(SHOWN));

            assertThat(middle).isLessThan(first * 3 / 2);
        }
    }

    @Test
    void counts_take_no_more_steps_with_more_runs() throws SQLException {
        assertCostsNoMore(handle -> handle.attach(RunDao.class).countByStatus().size(), 2);
    }

    private static RunQuery query(
            Set<RunStatus> statuses, Optional<SkillId> skill, Optional<EngineId> engine, Optional<Instant> since) {
        return new RunQuery(statuses, skill, engine, since, Optional.empty(), SHOWN);
    }

    private static RunQuery from(Optional<Long> before) {
        return new RunQuery(Set.of(), Optional.empty(), Optional.empty(), Optional.of(BEGIN), before, SHOWN);
    }

    private static void assertCostsNoMore(ToIntFunction<Handle> work, int expected) throws SQLException {
        assertThat(steps(MANY, work, expected)).isLessThan(steps(FEW, work, expected) * 3 / 2);
    }

    private static long steps(int runs, ToIntFunction<Handle> work, int expected) throws SQLException {
        try (Connection connection = opened(runs);
                Handle handle = handle(connection)) {
            return counted(connection, () -> assertThat(work.applyAsInt(handle)).isEqualTo(expected));
        }
    }

    private static long counted(Connection connection, Runnable work) throws SQLException {
        LongAdder steps = new LongAdder();
        ProgressHandler.setHandler(connection, 1, new ProgressHandler() {
            @Override
            protected int progress() {
                steps.increment();
                return 0;
            }
        });
        work.run();
        ProgressHandler.clearHandler(connection);
        return steps.sum();
    }

    private static Handle handle(Connection connection) {
        return Jdbi.create(() -> connection)
                .installPlugin(new SqlObjectPlugin())
                .open();
    }

    /** A file in which half of the runs are of one skill, on one engine, and a quarter has failed. */
    private static void fill(int runs) throws SQLException {
        SqliteDatabase.open(file(runs)).close();
        try (Connection connection = opened(runs);
                Statement statement = connection.createStatement()) {
            String rows =
                    "WITH RECURSIVE n (i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM n WHERE i + 1 < " + runs + "),"
                            + " fresh AS (SELECT i, printf('00000000-0000-4000-8000-%012d', i) AS id,"
                            + " CASE WHEN i % 4 < 2 THEN 'demo' ELSE 'other' END AS skill,"
                            + " CASE WHEN i % 4 = 1 THEN 'gemini' ELSE 'codex' END AS engine,"
                            + " CASE WHEN i / 4 % 4 = 0 THEN 'failed' ELSE 'succeeded' END AS status,"
                            + " strftime('%Y-%m-%dT%H:%M:%S.000000Z', '2026-11-01', (i * 864000 / " + runs
                            + ") || ' seconds') AS moment FROM n) ";
            statement.execute("BEGIN");
            statement.execute(
                    rows + "INSERT INTO runs (run_id, request_id, skill_id, engine, status, error_code, error_message,"
                            + " created_at, updated_at) SELECT id, id, skill, engine, status,"
                            + " CASE status WHEN 'failed' THEN 'INTERNAL_ERROR' END, CASE status WHEN 'failed' THEN 'x' END,"
                            + " moment, moment FROM fresh");
            statement.execute(
                    rows + "INSERT INTO requests (request_id, skill_id, engine, input, parameter, runtime_options,"
                            + " run_id, created_at) SELECT id, skill, engine, '{}', '{}', '{}', id, moment FROM fresh");
            statement.execute("COMMIT");
        }
    }

    private static Connection opened(int runs) throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + file(runs));
    }

    private static Path file(int runs) {
        return folder.resolve(runs + ".db");
    }
}
