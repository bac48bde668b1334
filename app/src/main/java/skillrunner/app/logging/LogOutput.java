package skillrunner.app.logging;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;

/** The logging library's way out: each event becomes one line, and each line goes on at once. */
public final class LogOutput extends Handler {
    private final LogLines lines;
    private final PrintStream complaints;
    private volatile boolean lost;

    /**
     * Takes form and place.
     *
     * @param form makes a line of an event
     * @param lines takes the lines
     * @param complaints is told when lines can't be kept
     */
    public LogOutput(Formatter form, LogLines lines, PrintStream complaints) {
        setFormatter(form);
        this.complaints = Objects.requireNonNull(complaints);
        this.lines = Objects.requireNonNull(lines);
    }

    @Override
    public void publish(LogRecord event) {
        if (!isLoggable(event)) {
            return;
        }
        try {
            lines.append(getFormatter().format(event).getBytes(StandardCharsets.UTF_8));
            lost = false;
        } catch (IOException e) {
            lost(e);
        }
    }

    /** A server does not fail because of its log. Said in one line, and again only once it was written to in between. */
    private synchronized void lost(IOException reason) {
        if (!lost) {
            lost = true;
            complaints.println("the log can't be written and has a gap from here on: " + reason.getMessage());
        }
    }

    /** Nothing is held back. */
    @Override
    public void flush() {}

    /** Lines come to the very end of the process. */
    @Override
    public void close() {}
}
