package skillrunner.domain.run;

import java.util.Locale;

/** How a process of a run ended when its turn was over. */
public enum ProcessEnd {
    /** It was gone after SIGINT. */
    INTERRUPTED,
    /** It was gone after SIGTERM. */
    TERMINATED,
    /** It was gone after SIGKILL. */
    KILLED,
    /** The kernel ended it with the run's PID namespace. */
    WITH_NAMESPACE,
    /** It did not end. */
    STILL_THERE;

    /**
     * Returns the name outside this program.
     *
     * @return lower case
     */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads the name outside this program.
     *
     * @param wire lower case
     * @return the value
     * @throws IllegalArgumentException if there is none of this name
     */
    public static ProcessEnd parse(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }
}
