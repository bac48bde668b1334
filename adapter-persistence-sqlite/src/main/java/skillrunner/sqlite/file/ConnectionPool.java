package skillrunner.sqlite.file;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import javax.sql.DataSource;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.ConnectionFactory;

/**
 * A fixed number of open connections that are handed out one by one. In no order: with one, every waiting thread has to be
 * woken before the next may go on, and that costs more than a read.
 */
final class ConnectionPool implements ConnectionFactory, AutoCloseable {
    private final BlockingQueue<Connection> free;

    private ConnectionPool(int size) {
        this.free = new ArrayBlockingQueue<>(size);
    }

    static ConnectionPool open(DataSource source, int size) throws SQLException {
        ConnectionPool pool = new ConnectionPool(size);
        for (int i = 0; i < size; i++) {
            pool.free.add(source.getConnection());
        }
        return pool;
    }

    @Override
    public Connection openConnection() {
        try {
            return free.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConnectionException(new SQLException("interrupted while waiting for a connection", e));
        }
    }

    @Override
    public void closeConnection(Connection connection) {
        free.add(connection);
    }

    /** Closes the connections that are free; one in use is closed by the end of the process. */
    @Override
    public void close() {
        for (Connection connection = free.poll(); connection != null; connection = free.poll()) {
            try {
                connection.close();
            } catch (SQLException e) {
                throw new IllegalStateException("a connection could not be closed", e);
            }
        }
    }
}
