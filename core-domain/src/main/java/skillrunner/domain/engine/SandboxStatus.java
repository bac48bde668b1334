package skillrunner.domain.engine;

import java.util.Locale;

/** Whether an engine's CLI keeps its tools inside a sandbox of its own, as far as that can be told without a run. */
public enum SandboxStatus {
    /** It has one and is ready to use it. */
    AVAILABLE,
    /** It has one; whether it works shows once the CLI is signed in. */
    UNKNOWN,
    /** It has none. */
    UNSUPPORTED;

    /**
     * Returns the name on the wire.
     *
     * @return lower case
     */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
