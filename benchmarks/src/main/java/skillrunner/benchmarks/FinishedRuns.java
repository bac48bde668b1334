package skillrunner.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Fills the data directory of a stopped server with copies of the one finished run that lies there. */
final class FinishedRuns {
    private FinishedRuns() {}

    static void multiply(Path data, int count) throws IOException {
        try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("skill_runner.db"))) {
            database.setAutoCommit(false);
            String run = only(database, "SELECT run_id FROM runs");
            String request = only(database, "SELECT request_id FROM requests");
            for (int i = 1; i < count; i++) {
                String runCopy = UUID.randomUUID().toString();
                String requestCopy = UUID.randomUUID().toString();
                copyRow(database, "runs", List.of("run_id", "request_id"), List.of(run, runCopy, requestCopy));
                copyRow(database, "requests", List.of("request_id", "run_id"), List.of(request, requestCopy, runCopy));
                copyRow(database, "run_attempts", List.of("run_id"), List.of(run, runCopy));
                Folders.copy(
                        data.resolve("runs").resolve(run), data.resolve("runs").resolve(runCopy));
            }
            database.commit();
        } catch (SQLException e) {
            throw new IllegalStateException("the database could not be filled", e);
        }
    }

    /** Copies one row with new ids. {@code ids} are the first column's present value, then the new values of the columns */
    private static void copyRow(Connection database, String table, List<String> idColumns, List<String> ids)
            throws SQLException {
        List<String> columns = new ArrayList<>();
        List<String> values = new ArrayList<>();
        try (Statement statement = database.createStatement();
                ResultSet names = statement.executeQuery("SELECT name FROM pragma_table_info('" + table + "')")) {
            while (names.next()) {
                String name = names.getString(1);
                int id = idColumns.indexOf(name);
                // The only column the database numbers by itself.
                if (!name.equals("seq")) {
                    columns.add(name);
                    values.add(id < 0 ? name : "'" + ids.get(id + 1) + "'");
                }
            }
        }
        try (Statement statement = database.createStatement()) {
            statement.executeUpdate("INSERT INTO " + table + " (" + String.join(", ", columns) + ") SELECT "
                    + String.join(", ", values) + " FROM " + table + " WHERE " + idColumns.get(0) + " = '" + ids.get(0)
                    + "'");
        }
    }

    private static String only(Connection database, String query) throws SQLException {
        try (Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            if (!row.next()) {
                throw new IllegalStateException("there is no finished run to copy");
            }
            return row.getString(1);
        }
    }
}
