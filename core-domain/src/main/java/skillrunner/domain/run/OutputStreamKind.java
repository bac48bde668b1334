package skillrunner.domain.run;

import java.util.Locale;

/** The two byte streams of an engine's process. */
public enum OutputStreamKind {
    /** What the engine reports. */
    STDOUT,
    /** Diagnostics. */
    STDERR;

    /**
     * Returns the name on the wire and in file names.
     *
     * @return lower case
     */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
