package skillrunner.app.settings;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Where log lines go.
 *
 * @param level the least important level that is written, in lower case
 * @param file a file, or empty for stderr
 */
public record LogSettings(String level, Optional<String> file) {
    private static final List<String> LEVELS = List.of("trace", "debug", "info", "warn", "error", "off");
    private static final Variable LOG_LEVEL = new Variable(
            "LOG_LEVEL",
            "`INFO`",
            "Least important level that is written: `TRACE`, `DEBUG`, `INFO`, `WARN`, `ERROR`, `OFF`.");
    private static final Variable LOG_FILE =
            new Variable("LOG_FILE", "empty", "File for log lines; without it they go to stderr.");

    static final List<Variable> VARIABLES = List.of(LOG_LEVEL, LOG_FILE);

    static LogSettings read(EnvironmentReader reader) {
        String level =
                reader.text(LOG_LEVEL).orElse("INFO").toLowerCase(Locale.ROOT).replace("warning", "warn");
        if (!LEVELS.contains(level)) {
            throw new BadSettingException(
                    LOG_LEVEL.name(), level, "one of " + String.join(", ", LEVELS) + " is needed");
        }
        return new LogSettings(level, reader.text(LOG_FILE));
    }
}
