package skillrunner.http.engine;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import skillrunner.http.page.Moment;
import skillrunner.http.page.StatusView;

/**
 * An upgrade as its panel shows it.
 *
 * @param id its id, or a dash for one that was refused or does not exist
 * @param title what is upgraded, in words
 * @param status where it stands
 * @param poll where it is asked for again, or null once it can't change any more
 * @param ended how many engines have ended
 * @param progress which engine is at work; may be empty
 * @param startedAt when it was asked for, or null for one that was refused
 * @param duration how long it took or has been taking; may be empty
 * @param error why it was refused; may be empty
 * @param other address of the upgrade that is in its way, if there is one
 * @param document address of everything there is to know of it; may be empty
 * @param parts its engines
 */
public record UpgradeView(
        String id,
        String title,
        StatusView status,
        @Nullable String poll,
        String ended,
        String progress,
        @Nullable Moment startedAt,
        String duration,
        String error,
        @Nullable String other,
        String document,
        List<Part> parts) {
    /** Copies the list. */
    public UpgradeView {
        Objects.requireNonNull(id);
        Objects.requireNonNull(title);
        Objects.requireNonNull(status);
        parts = List.copyOf(parts);
    }

    /**
     * An engine of an upgrade.
     *
     * @param engine its name
     * @param status where it stands
     * @param version the version it has now, if that is known; may be empty
     * @param error what went wrong; may be empty
     * @param since since when it has been at work, or null if it is not
     * @param logs what its command wrote, stream by stream; a stream without text is left out
     * @param silent whether its command wrote nothing at all
     */
    public record Part(
            String engine,
            StatusView status,
            String version,
            String error,
            @Nullable Moment since,
            List<Log> logs,
            boolean silent) {
        /** Copies the list. */
        public Part {
            logs = List.copyOf(logs);
        }
    }

    /**
     * What a command wrote to one stream.
     *
     * @param id unique on the page
     * @param label name of the stream, in words
     * @param text the end of it, ready to show
     * @param cut how much is shown if it is not everything, in words; otherwise empty
     * @param open whether it is unfolded at first
     */
    public record Log(String id, String label, String text, String cut, boolean open) {}
}
