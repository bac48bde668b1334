package skillrunner.e2eclient;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.util.ConcurrencyUtil;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.stream.Stream;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.ServerConnector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skillrunner.e2eclient.backend.Backend;
import skillrunner.e2eclient.event.EventRelay;
import skillrunner.e2eclient.page.Pages;
import skillrunner.e2eclient.problem.Problems;
import skillrunner.e2eclient.recording.Recordings;
import skillrunner.e2eclient.run.Downloads;
import skillrunner.e2eclient.run.RecordingPages;
import skillrunner.e2eclient.run.ResultPages;
import skillrunner.e2eclient.run.RunApi;
import skillrunner.e2eclient.run.RunPages;
import skillrunner.e2eclient.skill.SkillPages;
import skillrunner.e2eclient.skill.Submission;
import skillrunner.e2eclient.web.Guards;
import skillrunner.e2eclient.web.HeadAnswers;

/** The example client while it runs. Safe for concurrent use; stops once. */
public final class ExampleClient implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ExampleClient.class);
    private static final int MIN_THREADS = 8;

    /** Where the JDK has virtual threads there is one for each request, and neither number counts. */
    private static final int MAX_THREADS = 150;

    private static final int STALL_MILLIS = 60_000;
    private static final long STOP_TIMEOUT_MILLIS = 3_000;
    private static final long IDLE_TIMEOUT_AT_STOP_MILLIS = 100;

    /** How large a form without files may be. */
    private static final long MAX_FORM_BYTES = 64 * 1024;

    private static final UriCompliance TARGETS = UriCompliance.LEGACY.without(
            "EXAMPLE_CLIENT",
            UriCompliance.Violation.UTF16_ENCODINGS,
            UriCompliance.Violation.BAD_UTF8_ENCODING,
            UriCompliance.Violation.USER_INFO,
            UriCompliance.Violation.FRAGMENT);

    private final Javalin server;
    private final Backend backend;
    private final EventRelay events;
    private final Recordings recordings;
    private final Path temporary;

    private ExampleClient(Javalin server, Backend backend, EventRelay events, Recordings recordings, Path temporary) {
        this.server = server;
        this.backend = backend;
        this.events = events;
        this.recordings = recordings;
        this.temporary = temporary;
    }

    /**
     * Opens the port. The server need not be there.
     *
     * @param settings how it runs
     * @param clock when things are recorded
     * @return the client, to be closed by the caller
     * @throws IOException if the recordings' folder can't be used
     * @throws RuntimeException if the port can't be opened; the cause says why
     */
    public static ExampleClient start(ExampleClientSettings settings, Clock clock) throws IOException {
        Recordings recordings = Recordings.in(settings.recordings(), clock);
        Path temporary = Files.createTempDirectory("skill-runner-example-client");
        Backend backend = new Backend(settings.backend(), settings.credentials(), settings.limits());
        EventRelay events = new EventRelay(backend);
        Pages pages = new Pages();
        Javalin server = Javalin.create(config -> {
            serve(config, settings);
            Guards guards = new Guards(settings.host(), settings.allowedHosts());
            config.routes.before(guards::check);
            new Problems(pages).register(config.routes);
            pages.register(config.routes);
            Submission submission = new Submission(backend, recordings, temporary);
            new SkillPages(backend, submission, pages, temporary, settings.maxUploadBytes()).register(config.routes);
            new RunPages(backend, recordings, pages).register(config.routes);
            new ResultPages(backend, recordings, pages).register(config.routes);
            new Downloads(backend).register(config.routes);
            new RecordingPages(recordings, pages).register(config.routes);
            new RunApi(backend, recordings, events).register(config.routes);
            HeadAnswers.register(config);
        });
        ExampleClient client = new ExampleClient(server, backend, events, recordings, temporary);
        try {
            server.start();
        } catch (RuntimeException e) {
            client.close();
            throw e;
        }
        return client;
    }

    private static void serve(JavalinConfig config, ExampleClientSettings settings) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.jetty.threadPool = ConcurrencyUtil.jettyThreadPool("example-client", MIN_THREADS, MAX_THREADS, true);
        config.http.prefer405over404 = true;
        config.http.generateEtags = false;
        config.http.compressionStrategy = CompressionStrategy.NONE;
        config.http.maxRequestSize = MAX_FORM_BYTES;
        config.jetty.modifyHttpConfiguration(http -> {
            http.setSendServerVersion(false);
            http.setUriCompliance(TARGETS);
        });
        config.jetty.addConnector((jetty, http) -> {
            ServerConnector connector =
                    new ServerConnector(jetty, new org.eclipse.jetty.server.HttpConnectionFactory(http));
            connector.setHost(settings.host());
            connector.setPort(settings.port());
            connector.setIdleTimeout(STALL_MILLIS);
            connector.setShutdownIdleTimeout(IDLE_TIMEOUT_AT_STOP_MILLIS);
            return connector;
        });
        config.jetty.modifyServer(jetty -> jetty.setStopTimeout(STOP_TIMEOUT_MILLIS));
    }

    /**
     * Returns the port that is open.
     *
     * @return the port
     */
    public int port() {
        return server.port();
    }

    /** Ends the streams, finishes the requests in flight, closes the port and removes what was in flight. */
    @Override
    public void close() {
        events.close();
        server.stop();
        backend.close();
        try {
            recordings.close();
        } catch (IOException e) {
            LOG.warn("the recordings could not be let go of: {}", e.toString());
        }
        try (Stream<Path> left = Files.walk(temporary)) {
            for (Path each : left.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        } catch (IOException e) {
            LOG.warn("files in flight could not be removed: {}", e.toString());
        }
    }
}
