package skillrunner.http.load;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Ends connections whose client takes too long for the head of a request. The container itself waits as long as a byte comes now
 * and then. Looks once a second, at counters only.
 */
public final class HeadDeadline extends AbstractLifeCycle implements Connection.Listener {
    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final long LOOK_EVERY_SECONDS = 1;

    private final Scheduler scheduler;
    private final Map<Connection, HeadWatch> watched = new ConcurrentHashMap<>();

    /**
     * Takes its clock.
     *
     * @param scheduler of the connector
     */
    public HeadDeadline(Scheduler scheduler) {
        this.scheduler = Objects.requireNonNull(scheduler);
    }

    @Override
    protected void doStart() {
        again();
    }

    @Override
    public void onOpened(Connection connection) {
        // What became a web socket has heads no more.
        if (connection instanceof ConnectionMetaData) {
            watched.put(connection, new HeadWatch(DEADLINE, System.nanoTime()));
        }
    }

    @Override
    public void onClosed(Connection connection) {
        watched.remove(connection);
    }

    private void again() {
        scheduler.schedule(this::look, LOOK_EVERY_SECONDS, TimeUnit.SECONDS);
    }

    private void look() {
        if (!isRunning() && !isStarting()) {
            return;
        }
        long now = System.nanoTime();
        watched.forEach((connection, watch) -> {
            if (watch.isOverdue(
                    now, connection.getMessagesIn(), connection.getMessagesOut(), connection.getBytesIn())) {
                connection.getEndPoint().close();
            }
        });
        again();
    }
}
