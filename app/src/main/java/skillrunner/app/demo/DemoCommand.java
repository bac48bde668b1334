package skillrunner.app.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import skillrunner.app.Logging;
import skillrunner.app.LostStore;
import skillrunner.app.Server;
import skillrunner.app.ServerAddress;
import skillrunner.app.StartRefusedException;
import skillrunner.app.TerminationSignals;
import skillrunner.app.settings.BadSettingException;
import skillrunner.app.settings.BasicAuthSettings;
import skillrunner.app.settings.Settings;
import skillrunner.client.model.JobStatus;
import skillrunner.client.model.RunFailure;
import skillrunner.client.model.RunStatus;
import tools.jackson.databind.json.JsonMapper;

/** {@code demo}: runs the skill that ships with the product, and keeps serving so that its page can be looked at. */
@Command(
        name = "demo",
        description = "Run the demo skill for real, show it live, and keep serving.",
        mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int FAILED = 1;
    private static final int BAD_CONFIGURATION = 78;
    private static final int INTERRUPTED = 130;
    private static final int LIMIT = 100;
    private static final String NUMBERS = "2 4 7 12 97\n";

    private final Map<String, String> environment;
    private final Path installation;
    private final PrintStream out;
    private final PrintStream err;
    private final CountDownLatch stopped = new CountDownLatch(1);

    @Option(names = "--exit", description = "End after the run, with 0 if it succeeded and 1 otherwise.")
    private boolean exit;

    public DemoCommand(Map<String, String> environment, Path installation, PrintStream out, PrintStream err) {
        this.environment = Map.copyOf(environment);
        this.installation = Objects.requireNonNull(installation);
        this.out = Objects.requireNonNull(out);
        this.err = Objects.requireNonNull(err);
    }

    @Override
    public Integer call() throws InterruptedException {
        // Log lines would tear the progress apart; whoever wants them asks for them.
        Map<String, String> variables = new HashMap<>(environment);
        variables.putIfAbsent("LOG_LEVEL", "WARN");
        try (DemoProgress progress = new DemoProgress(out, isTerminal())) {
            Settings settings = read(variables);
            Logging.configure(settings.log());
            TerminationSignals.onFirst(stopped::countDown);
            Optional<URI> running = running(settings);
            if (running.isPresent()) {
                progress.say("A server is running already; the demo uses it: " + running.get());
                return run(new DemoClient(running.get()), progress);
            }
            return withOwnServer(settings, variables, progress);
        } catch (BadSettingException e) {
            err.println("skill-runner: " + e.getMessage());
            return BAD_CONFIGURATION;
        } catch (DemoFailedException | StartRefusedException | IllegalStateException | IOException e) {
            err.println("skill-runner: " + e.getMessage());
            return stopped.getCount() == 0 ? INTERRUPTED : FAILED;
        }
    }

    private int withOwnServer(Settings settings, Map<String, String> variables, DemoProgress progress)
            throws DemoFailedException, IOException, InterruptedException {
        CodexSetup codex = new CodexSetup(settings, environment);
        if (!codex.isInstalled()) {
            progress.working("installing the codex CLI with npm into "
                    + settings.storage().npmPrefix());
            codex.install();
            progress.note("the codex CLI is installed");
        }
        @Nullable
        ScriptedModel model = codex.isSignedIn()
                ? null
                : ScriptedModel.start(settings.storage().data());
        try {
            if (model == null) {
                progress.say("The codex CLI is signed in, so a real model answers.");
            } else {
                progress.say(
                        "The codex CLI is not signed in, so the model's answers are scripted; everything else is real.");
                variables.put("SKILL_RUNNER_AGENT_HOME", model.agentHome().toString());
            }
            progress.working("starting the server");
            LostStore lost = new LostStore(System.err, settings.log());
            try (Server server = Server.start(read(variables), Map.copyOf(variables), lost)) {
                URI address = ServerAddress.of(settings.access().host(), server.port());
                int verdict = run(new DemoClient(address, BasicAuthSettings.ofClient(environment)), progress);
                if (exit || stopped.getCount() == 0) {
                    return verdict;
                }
                progress.say("Serving on " + address + " until Ctrl-C.");
                stopped.await();
                return 0;
            }
        } finally {
            if (model != null) {
                model.close();
            }
        }
    }

    private int run(DemoClient client, DemoProgress progress) throws IOException, InterruptedException {
        String request = client.start(LIMIT, NUMBERS);
        progress.note("job " + request + " for the skill " + DemoClient.SKILL);
        progress.say("Its page: " + client.page(request));
        Thread canceller = new Thread(() -> cancelWhenStopped(client, request), "demo-cancel");
        canceller.setDaemon(true);
        canceller.start();
        client.follow(request, progress);
        canceller.interrupt();
        progress.working("");
        JobStatus status = client.status(request);
        report(client, request, status, progress);
        if (stopped.getCount() == 0) {
            return INTERRUPTED;
        }
        return status.status() == RunStatus.SUCCEEDED ? 0 : FAILED;
    }

    /** Whoever stops the demo in the middle wants no agent left behind that talks to a model which is gone. */
    private void cancelWhenStopped(DemoClient client, String request) {
        try {
            stopped.await();
            client.cancel(request);
        } catch (InterruptedException e) {
            // The run has ended by itself.
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            err.println("skill-runner: the run could not be canceled: " + e.getMessage());
        }
    }

    private static void report(DemoClient client, String request, JobStatus status, DemoProgress progress)
            throws IOException, InterruptedException {
        RunFailure error = status.error();
        if (error != null) {
            progress.say("");
            progress.say("What went wrong: " + error.code().wire() + ": " + error.message());
            progress.say("What to do: see the run's page, and `skill-runner doctor`.");
        } else {
            progress.say("");
            progress.say("Result");
            if (client.result(request).get("data") instanceof Map<?, ?> data) {
                data.forEach((name, value) -> progress.say(
                        "  " + name + ": " + (value instanceof String text ? text : JSON.writeValueAsString(value))));
            }
            for (String path : client.artifacts(request)) {
                progress.say("Artifact " + path + ": " + client.artifact(request, path));
            }
        }
        progress.say("Page: " + client.page(request));
    }

    /** The server of the same data directory, or whoever listens where this one would. */
    private static Optional<URI> running(Settings settings) throws InterruptedException {
        Stream<URI> configured = settings.access().port() == 0
                ? Stream.empty()
                : Stream.of(ServerAddress.of(
                        settings.access().host(), settings.access().port()));
        List<URI> candidates = Stream.concat(
                        ServerAddress.read(settings.storage().data()).stream(), configured)
                .distinct()
                .toList();
        for (URI address : candidates) {
            if (new DemoClient(address).isSkillRunner()) {
                return Optional.of(address);
            }
        }
        return Optional.empty();
    }

    private Settings read(Map<String, String> variables) {
        return Settings.read(variables, installation, Path.of(System.getProperty("user.home")));
    }

    private boolean isTerminal() {
        // The launcher looks; a JDK from 22 on claims to have a console everywhere.
        return Boolean.getBoolean("skillrunner.terminal") && !"dumb".equals(environment.getOrDefault("TERM", "dumb"));
    }
}
