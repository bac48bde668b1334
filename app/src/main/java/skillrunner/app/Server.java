package skillrunner.app;

import io.javalin.config.RoutesConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skillrunner.app.settings.AccessSettings;
import skillrunner.app.settings.Settings;
import skillrunner.application.console.Consoles;
import skillrunner.application.engine.SignInRenewal;
import skillrunner.embedding.Capabilities;
import skillrunner.embedding.background.Basics;
import skillrunner.embedding.background.OpenParts;
import skillrunner.embedding.background.RunnerThreads;
import skillrunner.embedding.engine.EngineProviders;
import skillrunner.embedding.settings.ArchiveSettings;
import skillrunner.embedding.settings.OpenRefusedException;
import skillrunner.http.HttpServer;
import skillrunner.http.HttpSettings;
import skillrunner.http.contract.ContractRoutes;
import skillrunner.http.contract.DocsPage;
import skillrunner.http.legacy.LegacyRoutes;
import skillrunner.http.operations.OperationsRoutes;
import skillrunner.http.page.Pages;
import skillrunner.http.run.StreamConnections;
import skillrunner.oauth.OAuthRenewal;
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

    private final OpenParts parts;
    private final HttpServer http;

    private Server(Settings settings, Map<String, String> environment, Consumer<String> lost, OpenParts parts) {
        this.parts = parts;
        // The last to close: the others may have to wait for something until they have closed.
        RunnerThreads threads = parts.add(new RunnerThreads());
        // The web framework takes as long to load as the database takes to open; the second processor can do it
        // meanwhile.
        threads.submit("preload", HttpServer::preload);
        EngineProviders providers = EngineProviders.load();
        Basics basics = Basics.of(settings.runner(providers.known()), threads);
        SignInRenewal renewal =
                OAuthRenewal.of(settings.signIns().oauth(), settings.storage().agentHome(), basics.clock());
        Capabilities runner =
                Capabilities.open(basics, providers, new ProductRemedies(), renewal, environment, lost, parts);
        settings.log().file().ifPresent(runner.storage()::closeToOthers);
        Consoles consoles = new PtyConsoles(runner.isolation()::outcome);
        SignInCapability signIns =
                parts.add(SignInCapability.wire(basics, settings.signIns(), runner.engineParts(), consoles));
        TerminalCapability terminals = parts.add(TerminalCapability.wire(
                basics,
                settings.terminals(),
                runner.engineParts(),
                consoles,
                signIns.use(),
                runner.runs().signIns(),
                environment));
        AgentCapability agents = parts.add(new AgentCapability(runner));
        this.http = parts.add(server(settings, runner, signIns, terminals, agents));

        runner.recover();
        signIns.recover();
        terminals.recover();
        logAccess(settings.access());
        listen(settings.access());
        parts.add(ServerAddress.publish(
                settings.storage().data(), settings.access().host(), http.port()));
        runner.start(AFTER_FIRST_ANSWER, signIns::whenRecovered);
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
        return start(settings, environment, lost, new OpenParts());
    }

    /** Starts a server whose parts are kept there. */
    static Server start(Settings settings, Map<String, String> environment, Consumer<String> lost, OpenParts parts) {
        settings.runs().warnings().forEach(LOG::warn);
        OutboundProxies.prepare(settings.signIns().oauth().proxies());
        try {
            return new Server(settings, environment, lost, parts);
        } catch (OpenRefusedException e) {
            parts.close();
            throw OpenRefusals.explain(e, settings.storage());
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

    /** Returns method and path of each route; a web socket begins as a {@code GET}. */
    Set<String> routes() {
        Set<String> routes = new TreeSet<>(http.routes());
        http.webSockets().forEach(path -> routes.add("GET " + path));
        return routes;
    }

    /** Stops accepting, closes streams, lets go of the runs. Their processes go on and are picked up at the next start. */
    @Override
    public void close() {
        parts.close();
        LOG.info("the server has stopped");
    }

    private static HttpServer server(
            Settings settings,
            Capabilities runner,
            SignInCapability signIns,
            TerminalCapability terminals,
            AgentCapability agents) {
        Basics basics = runner.basics();
        HttpSettings http = httpSettings(settings);
        StreamConnections streams = new StreamConnections(basics.threads(), basics.clock(), http);
        Pages pages = new Pages(settings.access().insecure());
        LegacyRoutes legacy = new LegacyRoutes(
                settings.legacy().gone(),
                settings.legacy().sunset(),
                settings.legacy().document());
        RunRouting runs = new RunRouting(runner);
        // Routes are tried in this order, so what is asked for most comes first.
        List<Consumer<RoutesConfig>> routes = new ArrayList<>(List.of(
                new OperationsRoutes(runner.storage().ready(), new Metrics(runner.runs(), streams))::register,
                new ContractRoutes()::register,
                new DocsPage(pages)::register));
        routes.addAll(runs.clientRoutes());
        routes.addAll(signIns.routes());
        routes.addAll(terminals.routes(pages));
        routes.addAll(EngineRouting.routes(
                runner.engines(), signIns.page(), terminals.page(), pages, legacy, basics.clock()));
        routes.addAll(SkillRouting.routes(runner.skills(), runner.engines().engines(), pages, legacy));
        routes.addAll(runs.routes(pages, legacy));
        routes.addAll(runs.streamRoutes(streams));
        routes.add(agents.routes(streams));
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
