package skillrunner.app;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;
import skillrunner.app.settings.LogSettings;

/**
 * Ends the process at once when its state was taken away or exchanged. Nothing is closed on purpose: whatever a proper stop
 * writes could go into files that are not the server's. Agents go on, as after a crash.
 */
public final class LostStore implements Consumer<String> {
    /** {@code EX_IOERR} of sysexits. */
    public static final int EXIT_CODE = 74;

    private static final Path STDERR = Path.of("/dev/stderr");

    private final PrintStream err;
    private final LogSettings log;

    /**
     * Takes the places to say it.
     *
     * @param err for the operator
     * @param log how log lines are written; one goes to the log as well if that is not stderr
     */
    public LostStore(PrintStream err, LogSettings log) {
        this.err = Objects.requireNonNull(err);
        this.log = Objects.requireNonNull(log);
    }

    @Override
    public void accept(String fault) {
        String line = fault + " while the server used it, so the server has stopped; agents at work go on";
        if (log.file().filter(file -> !isStderr(file)).isPresent()) {
            LoggerFactory.getLogger(LostStore.class).error(line);
        }
        err.println("skill-runner: " + line);
        err.flush();
        Runtime.getRuntime().halt(EXIT_CODE);
    }

    /** By whatever name: also where stderr was led into the same file, or into stdout. */
    private static boolean isStderr(Path file) {
        try {
            return Files.isSameFile(file, STDERR);
        } catch (IOException e) {
            return false;
        }
    }
}
