package skillrunner.e2eclient.page;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A status as a badge.
 *
 * @param name what chooses the colours
 * @param label text in the reader's language
 */
public record StatusView(String name, String label) {
    private static final Pattern NAME = Pattern.compile("[a-z_]{1,32}");

    /** Refuses null parts. */
    public StatusView {
        Objects.requireNonNull(name);
        Objects.requireNonNull(label);
    }

    /**
     * Shows a word of the server.
     *
     * @param status the word
     * @param messages the texts
     * @return what a page shows; the word itself where it is a new one
     */
    public static StatusView of(String status, Messages messages) {
        return new StatusView(
                NAME.matcher(status).matches() ? status : "unknown",
                status.isEmpty() ? messages.text("status.unknown") : messages.word("status", status));
    }
}
