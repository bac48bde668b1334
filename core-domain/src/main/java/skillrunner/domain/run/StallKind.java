package skillrunner.domain.run;

import java.util.Locale;

/** Why an engine that works says nothing, as far as that can be seen from outside. */
public enum StallKind {
    /** It waits for its user to sign in. */
    WAITS_ON_AUTH,
    /** It asks whether it may do something, and nobody can answer it. */
    PERMISSION_PROMPT,
    /** It can't reach its provider. */
    NO_NETWORK,
    /** Its provider lets it wait. */
    RATE_LIMITED,
    /** It computes, or waits for its model or a command of its own. */
    ENGINE_BUSY;

    /**
     * Returns the name on the wire.
     *
     * @return lower case
     */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
