package skillrunner.app.logging;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;

/**
 * How an event looks: one line with time and zone, level, the short name of who says it, what, and the trace of an exception
 * behind it. Texts are made harmless here, for whoever logs can't know what they hold.
 */
public final class LogLine extends Formatter {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSxxx").withZone(ZoneId.systemDefault());

    private static final int MAX_CAUSES = 8;
    private static final int MAX_FRAMES = 40;

    @Override
    public String format(LogRecord event) {
        StringBuilder line = new StringBuilder(160)
                .append(TIME.format(event.getInstant()))
                .append(" [")
                .append(levelOf(event))
                .append("] ")
                .append(shortName(event.getLoggerName()))
                .append(' ');
        LogText.append(line, String.valueOf(formatMessage(event)));
        appendThrown(line, event.getThrown());
        return line.append('\n').toString();
    }

    /** On the same line: a trace of many lines could not be told from lines that somebody put into a message. */
    private static void appendThrown(StringBuilder line, @Nullable Throwable thrown) {
        Throwable cause = thrown;
        for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
            line.append(depth == 0 ? " | " : " | caused by ");
            LogText.append(line, cause.toString());
            StackTraceElement[] frames = cause.getStackTrace();
            for (int i = 0; i < Math.min(frames.length, MAX_FRAMES); i++) {
                line.append(" < ").append(frames[i]);
            }
            cause = cause.getCause();
        }
    }

    private static String levelOf(LogRecord event) {
        int level = event.getLevel().intValue();
        if (level >= Level.SEVERE.intValue()) {
            return "ERROR";
        }
        if (level >= Level.WARNING.intValue()) {
            return "WARN";
        }
        if (level >= Level.INFO.intValue()) {
            return "INFO";
        }
        return level >= Level.FINE.intValue() ? "DEBUG" : "TRACE";
    }

    private static String shortName(String logger) {
        return logger == null ? "" : logger.substring(logger.lastIndexOf('.') + 1);
    }
}
