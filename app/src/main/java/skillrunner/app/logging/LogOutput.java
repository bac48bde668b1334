package skillrunner.app.logging;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.logging.ErrorManager;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;

/** The logging library's way out: each event becomes one line, and each line goes on at once. */
public final class LogOutput extends Handler {
    private final LogLines lines;

    /**
     * Takes form and place.
     *
     * @param form makes a line of an event
     * @param lines takes the lines
     */
    public LogOutput(Formatter form, LogLines lines) {
        setFormatter(form);
        this.lines = Objects.requireNonNull(lines);
    }

    @Override
    public void publish(LogRecord event) {
        if (!isLoggable(event)) {
            return;
        }
        try {
            lines.append(getFormatter().format(event).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // Said once on stderr; a server does not fail because of its log.
            reportError("a log line could not be written", e, ErrorManager.WRITE_FAILURE);
        }
    }

    /** Nothing is held back. */
    @Override
    public void flush() {}

    /** Lines come to the very end of the process. */
    @Override
    public void close() {}
}
