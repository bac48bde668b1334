package skillrunner.standin;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A model server with scripted answers. It listens on 127.0.0.1 only and serves any number of CLIs and scenarios at
 * once; every method is safe for concurrent use.
 *
 * <p>Built-in scenarios: {@code json}, {@code tool}, {@code follow}, {@code fenced}, {@code bad-json}, {@code hang},
 * {@code reset}, {@code e401}, {@code e404}, {@code e429} and {@code e500}.
 */
public final class StandInModelServer implements AutoCloseable {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
    private static final AtomicInteger THREADS = new AtomicInteger();

    private final HttpServer http;
    private final ExecutorService connections;
    private final Map<String, Scenario> scenarios = new ConcurrentHashMap<>(BuiltInScenarios.byName());
    private final RequestLog log = new RequestLog();
    private final ClosingSignal closing = new ClosingSignal();

    private StandInModelServer(HttpServer http, ExecutorService connections) {
        this.http = http;
        this.connections = connections;
    }

    /**
     * Starts a server.
     *
     * @param port the port on 127.0.0.1, or 0 for any free one
     * @return the running server
     * @throws UncheckedIOException if the port can't be bound
     */
    public static StandInModelServer start(int port) {
        try {
            HttpServer http = HttpServer.create(new InetSocketAddress(loopback(), port), 0);
            StandInModelServer server =
                    new StandInModelServer(http, Executors.newCachedThreadPool(StandInModelServer::daemon));
            server.listen();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void listen() {
        http.createContext(
                "/",
                new ModelEndpoint(name -> Optional.ofNullable(scenarios.get(name)), log, new AnswerStream(closing)));
        http.setExecutor(connections);
        http.start();
    }

    /**
     * Returns the port the server listens on.
     *
     * @return the port
     */
    public int port() {
        return http.getAddress().getPort();
    }

    /**
     * Returns the base URL that plays a scenario. Append what the CLI expects of a base URL: {@code /v1} for codex and
     * opencode, nothing for gemini.
     *
     * @param scenario the name of a built-in or registered scenario; the server answers 404 for others
     * @return the URL, without a slash at the end
     */
    public String baseUrl(String scenario) {
        return "http://127.0.0.1:" + port() + "/s/" + requireName(scenario);
    }

    /**
     * Adds a scenario, or replaces the one of the same name.
     *
     * @param name letters, digits, dots, dashes and underscores, the first one a letter or digit
     * @param scenario decides the answers; is called by many threads at once
     * @throws IllegalArgumentException if the name has other characters
     */
    public void register(String name, Scenario scenario) {
        scenarios.put(requireName(name), Objects.requireNonNull(scenario));
    }

    /**
     * Returns the requests so far, oldest first. A request is in the list before its answer begins. When the bodies
     * exceed 64 million characters in sum, the oldest requests are forgotten.
     *
     * @return a snapshot, unmodifiable
     */
    public List<RecordedRequest> requests() {
        return log.all();
    }

    /**
     * Returns the first request that matches, and waits for it if there is none yet.
     *
     * @param wanted picks the request; is called with the log locked, so it only looks at its argument
     * @param patience how long to wait
     * @return the oldest matching request
     * @throws TimeoutException if none came in time
     * @throws InterruptedException if the waiting thread is interrupted
     */
    public RecordedRequest awaitRequest(Predicate<? super RecordedRequest> wanted, Duration patience)
            throws InterruptedException, TimeoutException {
        return log.await(wanted, patience);
    }

    /** Stops listening and breaks off the answers that are under way, hanging ones included. */
    @Override
    public void close() {
        closing.raise();
        http.stop(0);
        connections.shutdownNow();
    }

    private static String requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not a scenario name: " + name);
        }
        return name;
    }

    /** Spelled out, because the JDK's notion of loopback may be IPv6 and CLIs are told 127.0.0.1. */
    private static InetAddress loopback() throws IOException {
        return InetAddress.getByAddress("127.0.0.1", new byte[] {127, 0, 0, 1});
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "stand-in-model-server-" + THREADS.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }
}
