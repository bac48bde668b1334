package skillrunner.app;

import io.javalin.config.RoutesConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skillrunner.app.settings.AccessSettings;
import skillrunner.app.settings.ArchiveSettings;
import skillrunner.app.settings.Settings;
import skillrunner.application.console.Consoles;
import skillrunner.files.UntrustedFolder;
import skillrunner.http.HttpServer;
import skillrunner.http.HttpSettings;
import skillrunner.http.contract.ContractRoutes;
import skillrunner.http.contract.DocsPage;
import skillrunner.http.legacy.LegacyRoutes;
import skillrunner.http.operations.OperationsRoutes;
import skillrunner.http.page.Pages;
import skillrunner.http.run.StreamConnections;
import skillrunner.process.console.PtyConsoles;

/** A server: everything wired, recovered and listening. Stopping leaves the engines' processes alone. */
public final class Server implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Server.class);
    private static final Duration HEARTBEAT = Duration.ofSeconds(5);

    /** Longer than two heartbeats of a stream. */
    private static final Duration STALL = Duration.ofSeconds(20);

    /** What nobody waits for does not take the processors from whoever waits for the first answer. */
    private static final Duration AFTER_FIRST_ANSWER = Duration.ofMillis(250);

    /** Bodies and answers of all clients may fill one part of so many of the memory. */
    private static final int SHARE_OF_REQUESTS = 4;

    private final ServerParts parts;
    private final HttpServer http;

    private Server(Settings settings, Map<String, String> environment, Consumer<String> lost, ServerParts parts) {
        this.parts = parts;
        Basics basics = Basics.of(settings);
        // The last to close: the others may have to wait for something until they have closed.
        parts.add(basics.threads());
        // The web framework takes as long to load as the database takes to open; the second processor can do it
        // meanwhile.
        basics.threads().submit("preload", HttpServer::preload);
        StorageCapability storage = StorageCapability.open(basics, lost, parts);
        EngineWiring wiring = EngineWiring.of(settings.storage(), settings.engines(), environment);
        wiring.engines().clis().forEach(wiring.home()::prepare);
        IsolationTrial isolation = new IsolationTrial(settings.processes());
        EngineCapability engines = parts.add(EngineCapability.wire(
                basics, wiring, storage.upgrades(), () -> isolation.outcome().kind()));
        Consoles consoles = new PtyConsoles(isolation::outcome);
        SignInCapability signIns = parts.add(SignInCapability.wire(basics, wiring, consoles));
        TerminalCapability terminals =
                parts.add(TerminalCapability.wire(basics, wiring, consoles, signIns.use(), environment));
        SkillCapability skills = parts.add(
                SkillCapability.wire(basics, wiring.engines(), storage.runs().installs()));
        RunCapability runs = RunCapability.wire(basics, storage, wiring, engines, skills, isolation, parts);
        this.http = parts.add(server(basics, storage, engines, signIns, terminals, skills, runs));

        storage.watchDisk();
        runs.recover();
        engines.recover();
        signIns.recover();
        terminals.recover();
        skills.recover();
        logAccess(settings.access());
        listen(settings.access());
        isolation.begin(basics.threads(), AFTER_FIRST_ANSWER);
        parts.add(ServerAddress.publish(
                settings.storage().data(), settings.access().host(), http.port()));
        runs.start(signIns::whenRecovered);
        engines.start();
        storage.watchStores();
        basics.threads().submitAfter(AFTER_FIRST_ANSWER, "hold-folders", UntrustedFolder::prepare);
    }

    /**
     * Starts a server: returns once recovery has finished and the port is open. A start that fails closes what it has
     * opened.
     *
     * @param settings how
     * @param environment the variables of this process, for the children's allow-list
     * @param lost called with half a sentence when the data directory is not any more what it was; should end the process
     *     without closing the server, which would write
     * @return the server
     */
    public static Server start(Settings settings, Map<String, String> environment, Consumer<String> lost) {
        return start(settings, environment, lost, new ServerParts());
    }

    /** Starts a server whose parts are kept there. */
    static Server start(Settings settings, Map<String, String> environment, Consumer<String> lost, ServerParts parts) {
        settings.runs().warnings().forEach(LOG::warn);
        try {
            return new Server(settings, environment, lost, parts);
        } catch (RuntimeException | Error e) {
            parts.close();
            throw e;
        }
    }

    /**
     * Returns the port that is open.
     *
     * @return the port
     */
    public int port() {
        return http.port();
    }

    /** Returns method and path of each route. */
    Set<String> routes() {
        return http.routes();
    }

    /** Stops accepting, closes streams, lets go of the runs. Their processes go on and are picked up at the next start. */
    @Override
    public void close() {
        parts.close();
        LOG.info("the server has stopped");
    }

    private static HttpServer server(
            Basics basics,
            StorageCapability storage,
            EngineCapability engines,
            SignInCapability signIns,
            TerminalCapability terminals,
            SkillCapability skills,
            RunCapability runs) {
        Settings settings = basics.settings();
        HttpSettings http = httpSettings(settings);
        StreamConnections streams = new StreamConnections(basics.threads(), basics.clock(), http);
        Pages pages = new Pages(settings.access().insecure());
        LegacyRoutes legacy = new LegacyRoutes(
                settings.legacy().gone(),
                settings.legacy().sunset(),
                settings.legacy().document());
        // Routes are tried in this order, so what is asked for most comes first.
        List<Consumer<RoutesConfig>> routes = new ArrayList<>(List.of(
                new OperationsRoutes(storage.ready(), runs.metrics(streams))::register,
                new ContractRoutes()::register,
                new DocsPage(pages)::register));
        routes.addAll(runs.clientRoutes());
        routes.addAll(signIns.routes());
        routes.addAll(terminals.routes(pages));
        routes.addAll(engines.routes(signIns.page(), terminals.page(), pages, legacy));
        routes.addAll(skills.routes(pages, legacy));
        routes.addAll(runs.routes(pages, legacy));
        routes.addAll(runs.streamRoutes(streams));
        return HttpServer.create(http, basics.clock(), routes, pages, List.of(streams));
    }

    private static HttpSettings httpSettings(Settings settings) {
        AccessSettings access = settings.access();
        return new HttpSettings(
                access.host(),
                access.port(),
                access.allowedHosts(),
                access.rule(),
                access.maxBodyBytes(),
                mostUploadedBytes(settings),
                Runtime.getRuntime().maxMemory() / SHARE_OF_REQUESTS,
                access.maxConnections(),
                settings.storage().data().resolve("tmp"),
                access.maxStreams(),
                access.maxStreamsPerRun(),
                HEARTBEAT,
                access.maxStreamAge(),
                STALL);
    }

    private static long mostUploadedBytes(Settings settings) {
        ArchiveSettings archives = settings.archives();
        return LongStream.of(
                        archives.uploads().archiveBytes(),
                        archives.packages().archiveBytes(),
                        settings.tempSkills().packageBytes().orElse(0))
                .max()
                .orElseThrow();
    }

    private static void logAccess(AccessSettings access) {
        if (access.jobsAreOpenToOthers()) {
            LOG.warn(
                    "listening on {}, and jobs ask for no password: everybody who reaches this address can run skills",
                    access.host());
        }
        LOG.info(access.rule()
                .map(rule -> switch (rule.scope()) {
                    case UI -> "Basic Auth is on for /ui, skill packages and changes of engines; jobs are open";
                    case ALL -> "Basic Auth is on for everything but /healthz, /readyz, assets and sign-in callbacks";
                })
                .orElse("Basic Auth is off"));
    }

    private void listen(AccessSettings access) {
        try {
            http.start();
        } catch (RuntimeException e) {
            throw new StartRefusedException(ListenFailure.explain(access.host(), access.port(), e));
        }
    }
}
