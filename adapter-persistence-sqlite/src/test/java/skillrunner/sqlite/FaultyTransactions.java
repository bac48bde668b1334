package skillrunner.sqlite;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.sqlobject.SqlObjectPlugin;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import skillrunner.sqlite.file.Transactions;

/** A database on a disk that fails to be read once. For one thread. */
final class FaultyTransactions implements Transactions {
    private final Jdbi jdbi;
    private final String statement;
    private boolean failed;

    /**
     * Opens a file.
     *
     * @param file the database
     * @param statement a part of the statement that fails
     */
    FaultyTransactions(Path file, String statement) {
        this.statement = statement;
        this.jdbi = Jdbi.create(() -> faulty(DriverManager.getConnection("jdbc:sqlite:" + file)))
                .installPlugin(new SqlObjectPlugin());
    }

    @Override
    public <T> T write(Function<Handle, T> work) {
        return jdbi.inTransaction(work::apply);
    }

    @Override
    public <T> T read(Function<Handle, T> work) {
        return jdbi.withHandle(work::apply);
    }

    private Connection faulty(Connection real) {
        return (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (!failed
                            && method.getName().equals("prepareStatement")
                            && String.valueOf(arguments[0]).contains(statement)) {
                        failed = true;
                        throw new SQLiteException("disk I/O error", SQLiteErrorCode.SQLITE_IOERR_READ);
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
