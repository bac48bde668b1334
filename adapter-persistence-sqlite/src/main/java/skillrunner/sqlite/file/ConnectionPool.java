package skillrunner.sqlite.file;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import javax.sql.DataSource;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.ConnectionFactory;

/**
 * A fixed number of open connections that are handed out one by one. In no order: with one, every waiting thread has to be
 * woken before the next may go on, and that costs more than a read.
 */
final class ConnectionPool implements ConnectionFactory, AutoCloseable {
    /** What lies in a closed pool: it wakes one who waits, who leaves it for the next. */
    private static final Optional<Connection> END = Optional.empty();

    private final BlockingQueue<Optional<Connection>> free = new LinkedBlockingQueue<>();
    private volatile boolean closed;

    private ConnectionPool() {}

    static ConnectionPool open(DataSource source, int size) throws SQLException {
        ConnectionPool pool = new ConnectionPool();
        for (int i = 0; i < size; i++) {
            pool.free.add(Optional.of(source.getConnection()));
        }
        return pool;
    }

    /**
     * Waits for a connection.
     *
     * @throws ConnectionException if the pool is closed, before or meanwhile, or the thread is interrupted
     */
    @Override
    public Connection openConnection() {
        try {
            Optional<Connection> taken = free.take();
            if (taken.isEmpty()) {
                free.add(END);
            }
            return taken.orElseThrow(() -> new ConnectionException(new SQLException("the database is closed")));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConnectionException(new SQLException("interrupted while waiting for a connection", e));
        }
    }

    @Override
    public void closeConnection(Connection connection) {
        free.add(Optional.of(connection));
        if (closed) {
            closeFree();
        }
    }

    /** Closes the connections that are free, and one in use when it comes back. Whoever waits for one is told. */
    @Override
    public void close() {
        closed = true;
        closeFree();
    }

    private synchronized void closeFree() {
        try {
            for (Optional<Connection> next = free.poll(); next != null; next = free.poll()) {
                if (next.isPresent()) {
                    next.get().close();
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("a connection could not be closed", e);
        } finally {
            free.add(END);
        }
    }
}
