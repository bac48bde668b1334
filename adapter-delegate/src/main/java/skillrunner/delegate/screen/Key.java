package skillrunner.delegate.screen;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A key and what a terminal sends for it. */
public enum Key {
    /** Takes what is chosen. */
    ENTER("\r"),
    /** Ends a line that a program reads. */
    LINE("\n"),
    /** Chooses what is above. */
    UP("\u001b[A"),
    /** Chooses what is below. */
    DOWN("\u001b[B"),
    /** Goes back. */
    ESCAPE("\u001b"),
    /** Says no. */
    NO("n");

    private final String sent;

    Key(String sent) {
        this.sent = sent;
    }

    /**
     * Returns what a terminal sends.
     *
     * @return the bytes
     */
    public byte[] bytes() {
        return sent.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Returns its name for people.
     *
     * @return for example {@code Enter}
     */
    public String label() {
        return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
    }
}
