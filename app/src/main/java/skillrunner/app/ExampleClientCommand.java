package skillrunner.app;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import skillrunner.app.settings.BadSettingException;
import skillrunner.app.settings.ExampleClientOptions;
import skillrunner.e2eclient.ExampleClient;
import skillrunner.e2eclient.ExampleClientSettings;

/** {@code e2e-client}: runs the example client in the foreground until it is told to stop. */
@Command(
        name = "e2e-client",
        description = "Run the example client, a front end of its own, in the foreground.",
        mixinStandardHelpOptions = true)
final class ExampleClientCommand implements Callable<Integer> {
    private static final int REFUSED = 1;

    private final Map<String, String> environment;
    private final Path installation;
    private final PrintStream out;
    private final PrintStream err;

    ExampleClientCommand(Map<String, String> environment, Path installation, PrintStream out, PrintStream err) {
        this.environment = environment;
        this.installation = installation;
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() throws InterruptedException {
        ExampleClientSettings settings;
        try {
            ExampleClientOptions options = ExampleClientOptions.read(environment, installation);
            Logging.configure(options.log());
            settings = options.client();
        } catch (BadSettingException e) {
            return refuse(e.getMessage(), BadSettingException.EXIT_CODE);
        }
        CountDownLatch stopped = new CountDownLatch(1);
        TerminationSignals.onFirst(stopped::countDown);
        try (ExampleClient client = ExampleClient.start(settings, Clock.systemUTC())) {
            out.println("Skill Runner example client listening on " + ServerAddress.of(settings.host(), client.port()));
            out.flush();
            stopped.await();
            return 0;
        } catch (IOException e) {
            return refuse(
                    new BadSettingException(
                                    ExampleClientOptions.RECORDINGS_NAME,
                                    settings.recordings().toString(),
                                    "a folder that can be written to is needed")
                            .getMessage(),
                    BadSettingException.EXIT_CODE);
        } catch (RuntimeException e) {
            ListenFailure.Names names =
                    new ListenFailure.Names(ExampleClientOptions.HOST_NAME, ExampleClientOptions.PORT_NAME, "");
            return refuse(ListenFailure.explain(names, settings.host(), settings.port(), e), REFUSED);
        }
    }

    private int refuse(@Nullable String why, int code) {
        err.println("skill-runner: " + why);
        return code;
    }
}
