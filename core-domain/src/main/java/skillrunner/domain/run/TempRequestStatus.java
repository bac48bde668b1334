package skillrunner.domain.run;

import java.util.Arrays;
import java.util.Locale;

/** Where a request stands that brings its own skill. */
public enum TempRequestStatus {
    /** No package has come yet. */
    CREATED,
    /** The last package that came was turned away; another may come. */
    REJECTED,
    /** A package was taken; from here on the request is that of a run. */
    STARTED;

    /**
     * Returns the name in the database and in the documentation.
     *
     * @return lower case
     */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads a name that we wrote ourselves.
     *
     * @param text the name
     * @return the status
     * @throws IllegalArgumentException for a name that is none of ours
     */
    public static TempRequestStatus of(String text) {
        return Arrays.stream(values())
                .filter(status -> status.wire().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("not a status of a temporary request: " + text));
    }
}
