package skillrunner.sqlite;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** Reads and writes a database that a server uses, empties its log and goes. */
final class OtherProgram {
    private OtherProgram() {}

    public static void main(String[] arguments) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + arguments[0]);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE noted (a)");
            statement.execute("INSERT INTO noted VALUES (1)");
            statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
        }
    }
}
