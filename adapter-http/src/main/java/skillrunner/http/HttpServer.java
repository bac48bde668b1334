package skillrunner.http;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.compression.Gzip;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Handler;
import io.javalin.json.JavalinJackson3;
import io.javalin.util.ConcurrencyUtil;
import io.javalin.websocket.WsHandlerEntry;
import io.javalin.websocket.WsHandlerType;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.ThreadPool;
import skillrunner.http.access.BasicAuth;
import skillrunner.http.access.CharsetGuard;
import skillrunner.http.access.HostGuard;
import skillrunner.http.access.MethodGuard;
import skillrunner.http.access.OriginGuard;
import skillrunner.http.access.SecurityHeaders;
import skillrunner.http.access.TargetGuard;
import skillrunner.http.contract.ContractVersion;
import skillrunner.http.load.Answers;
import skillrunner.http.load.Bodies;
import skillrunner.http.load.ConnectionDeadlines;
import skillrunner.http.load.MemoryGate;
import skillrunner.http.page.Pages;
import skillrunner.http.problem.BodylessHeads;
import skillrunner.http.problem.ContainerErrors;
import skillrunner.http.problem.ProblemMapper;

/** The server's port. Starts once, stops once; safe for concurrent use. */
public final class HttpServer implements AutoCloseable {
    private static final String JSON = "application/json";

    private static final int MIN_THREADS = 8;

    /** Where the JDK has virtual threads there is one for each request, and neither number counts. */
    private static final int MAX_THREADS = 250;

    private static final long STOP_TIMEOUT_MILLIS = 3_000;
    private static final int OUTPUT_BUFFER_BYTES = 32 * 1024;

    /** Web sockets bring keys and short notes, and are asked several times in this time whether they still are there. */
    private static final long SOCKET_TEXT_BYTES = 4 * 1024;

    private static final long SOCKET_BINARY_BYTES = 64 * 1024;
    private static final Duration SOCKET_IDLE = Duration.ofSeconds(60);

    /** Every answer gets a buffer of this size to be copied through, however short it is. */
    private static final int COPY_BUFFER_BYTES = 4 * 1024;

    /** Browsers keep connections open that they do not use; a stop waits for these no longer than this. */
    private static final long IDLE_TIMEOUT_AT_STOP_MILLIS = 100;

    /** How long a request stands in line for memory; it holds nothing meanwhile. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** So much of the memory, a quarter, is for requests that need little. */
    private static final int SHARE_OF_SMALL = 4;

    /** Odd paths are let through to our own reading of them, but no spelling that only some readers know. */
    private static final UriCompliance TARGETS = UriCompliance.LEGACY.without(
            "SKILL_RUNNER",
            UriCompliance.Violation.UTF16_ENCODINGS,
            UriCompliance.Violation.USER_INFO,
            UriCompliance.Violation.FRAGMENT);

    static {
        // Jetty pads its queues by this, and asks the management beans for it otherwise: 300 classes that nothing else
        // needs.
        System.setProperty("org.eclipse.jetty.util.referencesPerCacheLine", "16");
    }

    private final Javalin server;
    private final List<AutoCloseable> streams;

    private HttpServer(Javalin server, List<AutoCloseable> streams) {
        this.server = server;
        this.streams = List.copyOf(streams);
    }

    /**
     * Puts the API together without opening the port.
     *
     * @param settings how it is served
     * @param clock measures how long wrong passwords are remembered
     * @param routes the routes of every capability
     * @param pages answers refused requests for pages
     * @param streams what is closed first when the server stops
     * @return the API
     */
    public static HttpServer create(
            HttpSettings settings,
            Clock clock,
            List<Consumer<RoutesConfig>> routes,
            Pages pages,
            List<AutoCloseable> streams) {
        Objects.requireNonNull(settings);
        Objects.requireNonNull(clock);
        return new HttpServer(Javalin.create(config -> configure(config, settings, clock, routes, pages)), streams);
    }

    /** Loads the classes that every API needs, by putting one together that is never started. */
    public static void preload() {
        WireFormat.mapper();
        Server jetty = new Server();
        jetty.addConnector(new ServerConnector(jetty, new BodylessHeads(new HttpConfiguration())));
        Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.routes.get("/", ctx -> ctx.json(List.of()));
            config.jetty.modifyServer(server -> server.setErrorHandler(new ContainerErrors()));
        });
    }

    private static void configure(
            JavalinConfig config,
            HttpSettings settings,
            Clock clock,
            List<Consumer<RoutesConfig>> routes,
            Pages pages) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        ThreadPool threads = ConcurrencyUtil.jettyThreadPool("http", MIN_THREADS, MAX_THREADS, true);
        config.jetty.threadPool = threads;
        config.http.prefer405over404 = true;
        config.http.generateEtags = false;
        config.http.defaultContentType = JSON;
        config.http.responseBufferSize = COPY_BUFFER_BYTES;
        config.http.compressionStrategy = compression();
        config.http.maxRequestSize = settings.maxBodyBytes();
        config.router.javaLangErrorHandler(ProblemMapper::failed);
        config.jsonMapper(new JavalinJackson3(WireFormat.mapper(), false));
        config.jetty.modifyHttpConfiguration(http -> {
            http.setSendServerVersion(false);
            http.setSendDateHeader(true);
            http.setOutputBufferSize(OUTPUT_BUFFER_BYTES);
            http.setUriCompliance(TARGETS);
        });
        config.jetty.addConnector((server, http) -> connector(server, http, settings));
        config.jetty.modifyServer(server -> {
            server.setStopTimeout(STOP_TIMEOUT_MILLIS);
            server.setErrorHandler(new ContainerErrors());
        });
        config.jetty.modifyWebSocketServletFactory(sockets -> {
            sockets.setMaxTextMessageSize(SOCKET_TEXT_BYTES);
            sockets.setMaxBinaryMessageSize(SOCKET_BINARY_BYTES);
            sockets.setMaxFrameSize(SOCKET_BINARY_BYTES);
            sockets.setIdleTimeout(SOCKET_IDLE);
        });
        RoutesConfig all = config.routes;
        guard(all, settings, clock, threads);
        all.beforeMatched(new Bodies(
                settings.maxBodyBytes(),
                settings.maxUploadBytes(),
                settings.temporary(),
                new MemoryGate(settings.memoryBytes() / SHARE_OF_SMALL, PATIENCE),
                new MemoryGate(settings.memoryBytes() - settings.memoryBytes() / SHARE_OF_SMALL, PATIENCE),
                threads));
        all.after(new Answers(settings.temporary()));
        ProblemMapper.register(all, pages::refuse);
        routes.forEach(capability -> capability.accept(all));
        pages.register(all);
        HeadAnswers.register(config.unsafe.internalRouter);
    }

    /** What is named here is not compared with everything that may not be compressed. */
    private static CompressionStrategy compression() {
        CompressionStrategy strategy = new CompressionStrategy(null, new Gzip());
        List<String> allowed = new ArrayList<>(strategy.getAllowedMimeTypes());
        allowed.add(JSON);
        strategy.setAllowedMimeTypes(allowed);
        return strategy;
    }

    private static ServerConnector connector(Server server, HttpConfiguration http, HttpSettings settings) {
        ServerConnector connector = new ServerConnector(server, new BodylessHeads(http));
        connector.setHost(settings.host());
        connector.setPort(settings.port());
        connector.setIdleTimeout(settings.stall().toMillis());
        connector.setShutdownIdleTimeout(IDLE_TIMEOUT_AT_STOP_MILLIS);
        NetworkConnectionLimit limit = new NetworkConnectionLimit(settings.maxConnections(), connector);
        connector.addBean(limit);
        ConnectionDeadlines deadlines = new ConnectionDeadlines(
                connector.getScheduler(),
                () -> limit.getNetworkConnectionCount() >= limit.getMaxNetworkConnectionCount());
        connector.addBean(deadlines);
        http.addCustomizer(deadlines);
        return connector;
    }

    /** A request for a web socket passes only what is registered for it. */
    private static void guard(RoutesConfig routes, HttpSettings settings, Clock clock, Executor threads) {
        SecurityHeaders headers = new SecurityHeaders();
        HostGuard host = new HostGuard(settings.host(), settings.allowedHosts());
        OriginGuard origin = new OriginGuard();
        routes.before(inTurn(headers, new MethodGuard(), new TargetGuard(), new CharsetGuard(), host));
        routes.wsBeforeUpgrade(inTurn(headers, host));
        settings.accessRule().map(rule -> new BasicAuth(rule, clock, threads)).ifPresent(password -> {
            routes.before(password);
            routes.wsBeforeUpgrade(password::handleAtOnce);
        });
        routes.before(inTurn(origin, new ContractVersion()));
        routes.wsBeforeUpgrade(origin);
    }

    /** The framework does some work for each handler and request, so those that never have to wait are one. */
    private static Handler inTurn(Handler... handlers) {
        List<Handler> all = List.of(handlers);
        return ctx -> {
            for (Handler handler : all) {
                handler.handle(ctx);
            }
        };
    }

    /** Opens the port. */
    public void start() {
        server.start();
    }

    /**
     * Returns the port that is open.
     *
     * @return the port
     */
    public int port() {
        return server.port();
    }

    /**
     * Returns what can be asked, as it is registered.
     *
     * @return method and path of each route, such as {@code GET /v1/jobs/{request_id}}
     */
    public Set<String> routes() {
        return server.unsafe.internalRouter.allHttpHandlers().stream()
                .map(parsed -> parsed.endpoint)
                .filter(endpoint -> endpoint.method.isHttpMethod())
                .map(endpoint -> endpoint.method.name() + " " + endpoint.path)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * Returns where web sockets can be opened.
     *
     * @return the path of each, such as {@code /ui/engines/tui/session/ws}
     */
    public Set<String> webSockets() {
        return server.unsafe.internalRouter.allWsHandlers().stream()
                .filter(handler -> handler.getType() == WsHandlerType.WEBSOCKET)
                .map(WsHandlerEntry::getPath)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Closes the streams, finishes the requests in flight and closes the port. */
    @Override
    public void close() {
        for (AutoCloseable stream : streams) {
            try {
                stream.close();
            } catch (Exception e) {
                throw new IllegalStateException("streams could not be closed", e);
            }
        }
        server.stop();
    }
}
