package skillrunner.domain.terminal;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** Where a terminal session stands. */
public enum TerminalStatus {
    /** The program runs. */
    RUNNING,
    /** The program ended by itself. */
    EXITED,
    /** Its time was over, or nobody used it for too long; the session says which. */
    TIMEOUT,
    /** Somebody stopped it. */
    TERMINATED,
    /** What shows it to its user broke. */
    ERROR;

    /** The states that nothing leaves. */
    static final Set<TerminalStatus> TERMINAL = Set.copyOf(EnumSet.complementOf(EnumSet.of(RUNNING)));

    /**
     * Returns the name on the wire.
     *
     * @return lower case
     */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Tells whether nothing follows.
     *
     * @return true for all but the first
     */
    public boolean isTerminal() {
        return TERMINAL.contains(this);
    }
}
