package skillrunner.e2eclient.run;

import java.util.List;
import java.util.Objects;

/**
 * The recordings there are.
 *
 * @param rows the recordings, those that changed last first
 * @param pager what is before and after them
 * @param note what could not be read; may be empty
 */
public record RecordingListView(List<Row> rows, PagerView pager, String note) {
    /** Copies the list. */
    public RecordingListView {
        rows = List.copyOf(rows);
        Objects.requireNonNull(pager);
        Objects.requireNonNull(note);
    }

    /**
     * One recording.
     *
     * @param id the run's request
     * @param address where it is replayed
     * @param skill the skill; may be empty
     * @param createdAt when it began, in RFC 3339
     * @param updatedAt when something was added last, in RFC 3339
     * @param steps how many steps it has
     * @param state how far it came, in words
     * @param finished whether the result was seen
     */
    public record Row(
            String id,
            String address,
            String skill,
            String createdAt,
            String updatedAt,
            int steps,
            String state,
            boolean finished) {}
}
