package skillrunner.http.load;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Ends connections whose client takes too long for the head of a request, and those without a request when there are as many
 * connections as there may be. The container itself waits as long as a byte comes now and then. Once a head has come whole, its
 * request is not looked at here: bodies, answers and streams have rules of their own. Looks once a second, at counters only.
 */
public final class ConnectionDeadlines extends AbstractLifeCycle
        implements Connection.Listener, HttpConfiguration.Customizer {
    private static final Duration HEAD = Duration.ofSeconds(10);
    private static final Duration WITHOUT_REQUEST_WHEN_FULL = Duration.ofSeconds(2);
    private static final long LOOK_EVERY_SECONDS = 1;

    private final Scheduler scheduler;
    private final BooleanSupplier full;
    private final Map<Connection, ConnectionWatch> watched = new ConcurrentHashMap<>();

    /**
     * Takes its clock.
     *
     * @param scheduler of the connector
     * @param full whether there are as many connections as there may be
     */
    public ConnectionDeadlines(Scheduler scheduler, BooleanSupplier full) {
        this.scheduler = Objects.requireNonNull(scheduler);
        this.full = Objects.requireNonNull(full);
    }

    @Override
    protected void doStart() {
        again();
    }

    @Override
    public void onOpened(Connection connection) {
        // What became a web socket has heads no more.
        if (connection instanceof ConnectionMetaData) {
            watched.put(connection, new ConnectionWatch(System.nanoTime()));
        }
    }

    @Override
    public void onClosed(Connection connection) {
        watched.remove(connection);
    }

    /** Called by the container when a head has come whole, before anything is done about it. */
    @Override
    public Request customize(Request request, HttpFields.Mutable responseHeaders) {
        Connection connection = request.getConnectionMetaData().getConnection();
        ConnectionWatch watch = watched.get(connection);
        if (watch != null) {
            long number = watch.begun();
            Request.addCompletionListener(request, failure -> watch.ended(number, System.nanoTime()));
        }
        return request;
    }

    private void again() {
        scheduler.schedule(this::look, LOOK_EVERY_SECONDS, TimeUnit.SECONDS);
    }

    private void look() {
        if (!isRunning() && !isStarting()) {
            return;
        }
        boolean makeRoom = full.getAsBoolean();
        long now = System.nanoTime();
        watched.forEach((connection, watch) -> {
            if (watch.isHeadLate(now, connection.getBytesIn(), HEAD)
                    || (makeRoom && watch.isWithoutRequest(now, WITHOUT_REQUEST_WHEN_FULL))) {
                connection.getEndPoint().close();
            }
        });
        again();
    }
}
