package skillrunner.domain.run;

import java.util.Locale;

/** What keeps the processes of an attempt together, so that all of them are found when it ends. */
public enum ProcessIsolation {
    /** A PID namespace: whatever a process sheds, the kernel ends it with the namespace. */
    PID_NAMESPACE,
    /** Marker, session and ancestry: a process that sheds all three is not found. */
    PROCESS_TREE;

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
    public static ProcessIsolation parse(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }
}
