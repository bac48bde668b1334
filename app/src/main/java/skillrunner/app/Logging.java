package skillrunner.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import java.util.stream.Stream;
import skillrunner.app.logging.LogFile;
import skillrunner.app.logging.LogLine;
import skillrunner.app.logging.LogLines;
import skillrunner.app.logging.LogOutput;
import skillrunner.app.logging.StandardStreams;
import skillrunner.app.settings.LogSettings;

/** Tells the logging library of the JDK, to which SLF4J and {@code System.Logger} hand over, what to do. */
public final class Logging {
    private static final Logger ROOT = Logger.getLogger("");
    /** Libraries whose notes say nothing to an operator. Held here, for the JDK forgets loggers that nobody holds. */
    private static final List<Logger> NOISY = Stream.of(
                    "io.javalin", "org.eclipse.jetty", "org.flywaydb", "com.networknt", "com.hubspot", "org.sqlite")
            .map(Logger::getLogger)
            .toList();
    /** What engines write, as far as a run asks for it. */
    private static final Logger ENGINE_OUTPUT = Logger.getLogger("skillrunner.engine-output");

    private static final Logger THREADS = Logger.getLogger("skillrunner.threads");
    /** What it would say when it can't start is said by the command, in one line. */
    private static final Logger MUTE = Logger.getLogger("io.javalin.Javalin");

    private Logging() {}

    /**
     * Sets level, place and form of log lines.
     *
     * @param settings level and place
     * @throws skillrunner.app.settings.BadSettingException if the file can't be appended to
     */
    public static void configure(LogSettings settings) {
        LogLines lines = settings.file().isPresent() ? open(settings) : System.err::write;
        LogManager.getLogManager().reset();
        ROOT.addHandler(new LogOutput(new LogLine(), lines, System.err));
        ROOT.setLevel(settings.level());
        NOISY.forEach(logger -> logger.setLevel(Level.SEVERE));
        MUTE.setLevel(Level.OFF);
        ENGINE_OUTPUT.setLevel(settings.engineOutput() ? Level.INFO : Level.OFF);
        // Otherwise the JDK writes its trace to stderr as it is, message included.
        Thread.setDefaultUncaughtExceptionHandler(
                (thread, e) -> THREADS.log(Level.SEVERE, e, () -> "thread " + thread.getName() + " ended"));
    }

    /** Lets nothing be logged, for commands whose whole answer is what they print. */
    public static void silence() {
        ROOT.setLevel(Level.OFF);
    }

    private static LogLines open(LogSettings settings) {
        try {
            Path file = settings.file().orElseThrow();
            Optional<LogLines> stream = StandardStreams.named(file);
            return stream.isPresent() ? stream.get() : LogFile.open(file);
        } catch (IOException e) {
            throw settings.badFile(String.valueOf(e.getMessage()));
        }
    }
}
