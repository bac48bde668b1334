package skillrunner.sqlite.upgrade;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The table as another program made it: without the column of planned engines. */
public final class ForeignUpgrades {
    private ForeignUpgrades() {}

    /**
     * Adds the column if the table is there without it. A script can't: it has no way to ask.
     *
     * @param connection a writing connection
     * @throws SQLException if the file can't be used
     */
    public static void prepare(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            boolean incomplete;
            try (ResultSet columns = statement.executeQuery("SELECT count(*), coalesce(sum(name = 'engines_json'), 0)"
                    + " FROM pragma_table_info('engine_upgrades')")) {
                incomplete = columns.next() && columns.getInt(1) > 0 && columns.getInt(2) == 0;
            }
            if (incomplete) {
                statement.execute("ALTER TABLE engine_upgrades ADD COLUMN engines_json TEXT");
            }
        }
    }
}
