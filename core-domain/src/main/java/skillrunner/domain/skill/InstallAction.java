package skillrunner.domain.skill;

import java.util.Arrays;
import java.util.Locale;

/** What an installation did. */
public enum InstallAction {
    /** No version of the skill was installed before. */
    INSTALL,
    /** A lower version was installed before; it is in the archive now. */
    UPDATE;

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
     * @return the action
     * @throws IllegalArgumentException for a name that is none of ours
     */
    public static InstallAction of(String text) {
        return Arrays.stream(values())
                .filter(action -> action.wire().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("not an install action: " + text));
    }
}
