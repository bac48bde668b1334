package skillrunner.sqlite.file;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import org.jdbi.v3.core.ConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sqlite.SQLiteDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class ConnectionPoolTest {
    private final ConnectionPool pool = open();

    private static ConnectionPool open() {
        SQLiteDataSource source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite::memory:");
        try {
            return ConnectionPool.open(source, 1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void a_connection_is_lent_to_one_after_the_other() {
        Connection first = pool.openConnection();
        pool.closeConnection(first);

        assertThat(pool.openConnection()).isSameAs(first);
    }

    @Test
    void whoever_asks_after_the_end_is_told() {
        pool.close();

        assertThatThrownBy(pool::openConnection).isInstanceOf(ConnectionException.class);
        assertThatThrownBy(pool::openConnection).isInstanceOf(ConnectionException.class);
        pool.close();
    }

    @Test
    void whoever_waits_at_the_end_is_told_and_what_is_lent_is_closed_when_it_comes_back() throws Exception {
        Connection lent = pool.openConnection();
        CompletableFuture<Throwable> one = waiting();
        CompletableFuture<Throwable> other = waiting();

        pool.close();

        assertThat(one.get()).isInstanceOf(ConnectionException.class);
        assertThat(other.get()).isInstanceOf(ConnectionException.class);
        assertThat(lent.isClosed()).isFalse();
        pool.closeConnection(lent);
        assertThat(lent.isClosed()).isTrue();
        assertThatThrownBy(pool::openConnection).isInstanceOf(ConnectionException.class);
    }

    private CompletableFuture<Throwable> waiting() {
        CompletableFuture<Throwable> met = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                pool.openConnection();
                met.complete(new AssertionError("there was one"));
            } catch (RuntimeException e) {
                met.complete(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        while (thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        return met;
    }
}
