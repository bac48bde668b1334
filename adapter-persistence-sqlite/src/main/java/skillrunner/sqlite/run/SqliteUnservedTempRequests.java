package skillrunner.sqlite.run;

import java.util.List;
import skillrunner.sqlite.file.Transactions;

/** Removes rows of requests whose skill never came in SQLite. */
public final class SqliteUnservedTempRequests extends UnservedRows {
    public SqliteUnservedTempRequests(Transactions database) {
        super(database);
    }

    @Override
    void mark(RemovalDao removals, String before, String now) {
        removals.markTemporary(before, now);
    }

    @Override
    List<String> marked(RemovalDao removals, String after) {
        return removals.temporary(after, PAGE);
    }

    @Override
    int delete(RemovalDao removals, List<String> requests) {
        return removals.deleteTemporary(requests);
    }
}
