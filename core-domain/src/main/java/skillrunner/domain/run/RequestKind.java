package skillrunner.domain.run;

import java.util.Arrays;
import java.util.Locale;

/** Where the skill of a request comes from. */
public enum RequestKind {
    /** It is installed. */
    JOB,
    /** It came with the request and goes with its run. */
    TEMP;

    /**
     * Returns the name on the wire and in the database.
     *
     * @return lower case
     */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads a wire name that we wrote ourselves.
     *
     * @param text the name
     * @return the kind
     * @throws IllegalArgumentException for a name that is none of ours
     */
    public static RequestKind of(String text) {
        return Arrays.stream(values())
                .filter(kind -> kind.wire().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("not a kind of request: " + text));
    }
}
