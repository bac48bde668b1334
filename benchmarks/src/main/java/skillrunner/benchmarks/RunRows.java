package skillrunner.benchmarks;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Fills the tables of a stopped server with rows of finished runs that have no folders, made from the one run that lies there. Whatever
 * their number, they came within the same ten days, half of them are of the skill {@code benchmark}, a quarter ran on gemini (of that skill
 * only) and a quarter has failed, each independent of the others.
 */
final class RunRows {
    /** When the first of them came. */
    static final String FIRST = "2026-11-01T00:00:00Z";

    /** When half of them had come. */
    static final String MIDDLE = "2026-11-06T00:00:00Z";

    private static final int SPAN_SECONDS = 10 * 24 * 3600;
    private static final Map<String, String> COMMON = Map.of(
            "request_id", "n.id",
            "run_id", "n.id",
            "skill_id", "CASE WHEN n.i % 4 < 2 THEN 'benchmark' ELSE 'other' END",
            "engine", "CASE WHEN n.i % 4 = 1 THEN 'gemini' ELSE 'codex' END",
            "created_at", "n.moment");
    private static final Map<String, String> OF_RUNS = Map.of(
            "status", "iif(n.i / 4 % 4 = 0, 'failed', 'succeeded')",
            "error_code", "iif(n.i / 4 % 4 = 0, 'ENGINE_EXIT_NONZERO', NULL)",
            "error_message", "iif(n.i / 4 % 4 = 0, 'Exit code 3', NULL)",
            "updated_at", "n.moment");

    private RunRows() {}

    static void fill(Path data, int count) {
        try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("skill_runner.db"));
                Statement statement = database.createStatement()) {
            statement.execute("PRAGMA synchronous = OFF");
            statement.execute("PRAGMA cache_size = -1000000");
            // Ids are scattered, as they are in life.
            statement.execute(
                    "CREATE TEMP TABLE fresh AS WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < "
                            + count
                            + ") SELECT i, printf('%08x-0000-4000-8000-%012d', (i * 2654435761) & 4294967295, i) AS id,"
                            + " strftime('%Y-%m-%dT%H:%M:%S.000000Z', '" + FIRST.substring(0, 10) + "', (i * "
                            + SPAN_SECONDS + " / " + count
                            + ") || ' seconds') AS moment FROM n");
            database.setAutoCommit(false);
            insert(statement, "runs", OF_RUNS);
            insert(statement, "requests", Map.of());
            database.commit();
        } catch (SQLException e) {
            throw new IllegalStateException("the database could not be filled", e);
        }
    }

    /** What is not named is as in the table's first row. */
    private static void insert(Statement statement, String table, Map<String, String> further) throws SQLException {
        List<String> columns = new ArrayList<>();
        List<String> values = new ArrayList<>();
        try (ResultSet names = statement.executeQuery("SELECT name FROM pragma_table_info('" + table + "')")) {
            while (names.next()) {
                String name = names.getString(1);
                // The only column the database numbers by itself.
                if (!name.equals("seq")) {
                    columns.add(name);
                    values.add(further.getOrDefault(name, COMMON.getOrDefault(name, "t." + name)));
                }
            }
        }
        statement.executeUpdate("INSERT INTO " + table + " (" + String.join(", ", columns) + ") SELECT "
                + String.join(", ", values) + " FROM temp.fresh n, (SELECT * FROM " + table
                + " ORDER BY seq LIMIT 1) t ORDER BY n.i");
    }
}
