package skillrunner.domain.interaction;

import java.util.Arrays;
import java.util.Locale;

/** Where a question stands. */
public enum InteractionStatus {
    /** It waits for its decision. */
    PENDING,
    /** It has an answer, of its user or for want of one. */
    ANSWERED,
    /** The run ended without an answer. */
    CANCELED,
    /** Its time was over, and an answer of its user was required. */
    EXPIRED;

    /**
     * Returns the name in the database and in files.
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
    public static InteractionStatus of(String text) {
        return Arrays.stream(values())
                .filter(status -> status.wire().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("not a status of a question: " + text));
    }
}
