package skillrunner.app;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import skillrunner.app.settings.BadSettingException;
import skillrunner.app.settings.Settings;
import skillrunner.application.storage.StoreUnusableException;

/** {@code serve}: runs the server in the foreground until it is told to stop. */
@Command(name = "serve", description = "Run the server in the foreground.", mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
    private static final int REFUSED = 1;

    private final Map<String, String> environment;
    private final PrintStream out;
    private final PrintStream err;

    ServeCommand(Map<String, String> environment, PrintStream out, PrintStream err) {
        this.environment = environment;
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() {
        Settings settings;
        try {
            settings = Settings.read(environment, Main.installation(), Path.of(System.getProperty("user.home")));
            Logging.configure(settings.log());
        } catch (BadSettingException e) {
            err.println("skill-runner: " + e.getMessage());
            return BadSettingException.EXIT_CODE;
        }
        CountDownLatch stopped = new CountDownLatch(1);
        TerminationSignals.onFirst(stopped::countDown);
        try (Server server = Server.start(settings, environment, new LostStore(err, settings.log()))) {
            out.println("Skill Runner listening on "
                    + ServerAddress.of(settings.access().host(), server.port()));
            out.flush();
            stopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (BadSettingException e) {
            err.println("skill-runner: " + e.getMessage());
            return BadSettingException.EXIT_CODE;
        } catch (StoreUnusableException e) {
            err.println("skill-runner: " + e.getMessage());
            return LostStore.EXIT_CODE;
        } catch (StartRefusedException | IllegalStateException e) {
            err.println("skill-runner: " + e.getMessage());
            return REFUSED;
        } catch (RuntimeException e) {
            err.println("skill-runner: the server could not start: " + reason(e));
            return REFUSED;
        }
        return 0;
    }

    private static String reason(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }
}
