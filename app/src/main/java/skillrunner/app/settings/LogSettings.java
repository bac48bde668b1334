package skillrunner.app.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;

/**
 * Where log lines go.
 *
 * @param level the least important level that is written
 * @param file a file that is appended to, or empty for stderr
 * @param engineOutput whether runs may ask for a copy of what their engine writes
 */
public record LogSettings(Level level, Optional<Path> file, boolean engineOutput) {
    private static final Map<String, Level> LEVELS = Map.of(
            "trace", Level.FINEST,
            "debug", Level.FINE,
            "info", Level.INFO,
            "warn", Level.WARNING,
            "warning", Level.WARNING,
            "error", Level.SEVERE,
            "off", Level.OFF);
    private static final Variable LOG_LEVEL = new Variable(
            "LOG_LEVEL",
            "`INFO`",
            "Least important level that is written: `TRACE`, `DEBUG`, `INFO`, `WARN`, `ERROR`, `OFF`.");
    private static final Variable LOG_FILE = new Variable(
            "LOG_FILE",
            "empty",
            "File that log lines are appended to, and that may be rotated at any time, or `/dev/stdout`; without it they go to"
                    + " stderr.");

    private static final Variable LOG_ENGINE_OUTPUT = new Variable(
            "SKILL_RUNNER_LOG_ENGINE_OUTPUT",
            "`false`",
            "Lets the runtime option `verbose` of a job copy what its engine writes into the log; without it the option does nothing.");

    static final List<Variable> VARIABLES = List.of(LOG_LEVEL, LOG_FILE, LOG_ENGINE_OUTPUT);

    /** What commands log that are no server: to stderr, in the usual form. */
    public static final LogSettings DEFAULT = new LogSettings(Level.INFO, Optional.empty(), false);

    static LogSettings read(EnvironmentReader reader) {
        String name = reader.text(LOG_LEVEL).orElse("INFO");
        Level level = LEVELS.get(name.toLowerCase(Locale.ROOT));
        if (level == null) {
            throw new BadSettingException(
                    LOG_LEVEL.name(), name, "one of trace, debug, info, warn, error, off is needed");
        }
        return new LogSettings(
                level,
                reader.text(LOG_FILE).isPresent() ? Optional.of(reader.path(LOG_FILE, Path.of(""))) : Optional.empty(),
                reader.flag(LOG_ENGINE_OUTPUT, false));
    }

    /**
     * Names the variable of a file that can't be used.
     *
     * @param reason what is wrong with it
     * @return what to throw
     */
    public BadSettingException badFile(String reason) {
        return new BadSettingException(
                LOG_FILE.name(),
                file.map(Path::toString).orElse(""),
                reason + "; a file that can be appended to is needed");
    }
}
