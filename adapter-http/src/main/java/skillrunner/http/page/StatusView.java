package skillrunner.http.page;

import java.util.Objects;

/**
 * A status as a badge.
 *
 * @param name wire name, which chooses the colours and the icon
 * @param label text in the reader's language
 */
public record StatusView(String name, String label) {
    /** Refuses null parts. */
    public StatusView {
        Objects.requireNonNull(name);
        Objects.requireNonNull(label);
    }

    /**
     * Shows a status.
     *
     * @param status its wire name
     * @param messages the texts
     * @return what a page shows
     */
    public static StatusView of(String status, Messages messages) {
        return new StatusView(status, messages.text("status." + status));
    }
}
