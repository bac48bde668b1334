package skillrunner.http.run;

import java.util.List;
import java.util.Objects;
import skillrunner.http.page.Messages;
import skillrunner.http.page.Moment;

/**
 * A part of the time line of a run: what the server decided, what the engine said and what was shown of it.
 *
 * @param messages the texts
 * @param next query by which the next part is asked for
 * @param more whether there is more by now
 * @param rows the events in the order of their time
 */
public record TimelineView(Messages messages, String next, boolean more, List<Row> rows) {
    /** Copies the list and refuses null parts. */
    public TimelineView {
        Objects.requireNonNull(messages);
        Objects.requireNonNull(next);
        rows = List.copyOf(rows);
    }

    /**
     * One event.
     *
     * @param stream name of its stream
     * @param source the same in words
     * @param seq its number in its stream
     * @param attempt the turn it belongs to
     * @param at when
     * @param words what happened
     * @param detail more about it; may be empty
     * @param type its type as it is stored
     * @param raw address of the bytes it came from; empty if it came from none
     */
    public record Row(
            String stream,
            String source,
            long seq,
            int attempt,
            Moment at,
            String words,
            String detail,
            String type,
            String raw) {}
}
