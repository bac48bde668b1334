package skillrunner.app;

import java.io.PrintStream;
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

    private final PrintStream err;
    private final LogSettings log;

    /**
     * Takes the places to say it.
     *
     * @param err for the operator
     * @param log how log lines are written; one goes to the log as well if that is a file
     */
    public LostStore(PrintStream err, LogSettings log) {
        this.err = Objects.requireNonNull(err);
        this.log = Objects.requireNonNull(log);
    }

    @Override
    public void accept(String fault) {
        String line = fault + " while the server used it, so the server has stopped; agents at work go on";
        if (log.file().isPresent()) {
            LoggerFactory.getLogger(LostStore.class).error(line);
        }
        err.println("skill-runner: " + line);
        err.flush();
        Runtime.getRuntime().halt(EXIT_CODE);
    }
}
