package skillrunner.application.engine;

import java.util.Locale;

/** Which installation of a CLI is used. */
public enum CliSource {
    /** The one in the managed npm prefix. */
    MANAGED,
    /** One on the server's own search path. */
    GLOBAL,
    /** There is none. */
    MISSING;

    /**
     * Returns the name on the wire.
     *
     * @return lower case
     */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
