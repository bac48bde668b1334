package skillrunner.app;

import skillrunner.app.settings.LogSettings;

/** Tells the logging library what to do. Works only before the first logger is made. */
public final class Logging {
    private static final String PREFIX = "org.slf4j.simpleLogger.";

    private Logging() {}

    /**
     * Sets level, place and form of log lines.
     *
     * @param settings level and place
     */
    public static void configure(LogSettings settings) {
        System.setProperty(PREFIX + "defaultLogLevel", settings.level());
        System.setProperty(PREFIX + "logFile", settings.file().orElse("System.err"));
        System.setProperty(PREFIX + "showDateTime", "true");
        System.setProperty(PREFIX + "dateTimeFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSXXX");
        System.setProperty(PREFIX + "showThreadName", "false");
        System.setProperty(PREFIX + "showShortLogName", "true");
        System.setProperty(PREFIX + "levelInBrackets", "true");
        // Libraries whose notes say nothing to an operator.
        for (String noisy : new String[] {
            "io.javalin", "org.eclipse.jetty", "org.flywaydb", "com.networknt", "com.hubspot", "org.sqlite"
        }) {
            System.setProperty(PREFIX + "log." + noisy, "error");
        }
        // What it would say when it can't start is said by the command, in one line.
        System.setProperty(PREFIX + "log.io.javalin.Javalin", "off");
    }

    /** Lets nothing be logged, for commands whose whole answer is what they print. */
    public static void silence() {
        System.setProperty(PREFIX + "defaultLogLevel", "off");
    }
}
