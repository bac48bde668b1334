package skillrunner.http.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How much of the server asks for a password. */
public enum AccessScope {
    /** The pages, and what installs skills or changes engines. The API for jobs stays open. */
    UI,
    /** Everything but signs of life, style sheets and scripts, and the addresses a sign-in comes back to. */
    ALL;

    /**
     * Returns the scope as settings write it.
     *
     * @return its name in lower case
     */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads a scope.
     *
     * @param text its name, in any case
     * @return the scope, or empty if there is none of this name
     */
    public static Optional<AccessScope> parse(String text) {
        return Arrays.stream(values())
                .filter(scope -> scope.wire().equals(text.toLowerCase(Locale.ROOT)))
                .findFirst();
    }
}
