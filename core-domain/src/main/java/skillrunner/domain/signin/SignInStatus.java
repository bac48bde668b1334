package skillrunner.domain.signin;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** Where a sign-in session stands. Both transports use these; which of them can be reached tells {@link SignInLifecycle}. */
public enum SignInStatus {
    /** Begun; there is nothing yet that its user could do. */
    STARTING,
    /** The server answers screens of the CLI by itself. */
    WAITING_ORCHESTRATOR,
    /** Its user has to open an address, read a code or type something. */
    WAITING_USER,
    /** What its user typed was taken, and nobody knows yet whether it is right. */
    CODE_SUBMITTED_WAITING_RESULT,
    /** The engine is signed in. */
    SUCCEEDED,
    /** It can't become anything any more; the session says why. */
    FAILED,
    /** Its user ended it. */
    CANCELED,
    /** It took longer than a session may. */
    EXPIRED;

    /** The states that nothing leaves. */
    static final Set<SignInStatus> TERMINAL = Set.copyOf(EnumSet.of(SUCCEEDED, FAILED, CANCELED, EXPIRED));

    /**
     * Returns the name on the wire and in files.
     *
     * @return lower case
     */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Tells whether nothing follows.
     *
     * @return true for the four final states
     */
    public boolean isTerminal() {
        return TERMINAL.contains(this);
    }
}
