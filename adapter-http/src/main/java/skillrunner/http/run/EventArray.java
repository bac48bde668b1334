package skillrunner.http.run;

import java.util.List;
import java.util.stream.Collectors;
import skillrunner.application.run.journal.JournalEvent;

/**
 * Events as an array in JSON, of which a long one is read from where it is stored while it is passed on.
 *
 * @param events the events, each on one line
 */
record EventArray(List<JournalEvent> events) {
    private static final JoinedParts.Opening BEGIN = JoinedParts.text("[");
    private static final JoinedParts.Opening COMMA = JoinedParts.text(",");

    EventArray {
        events = List.copyOf(events);
    }

    /** Tells whether it is too long to be held by everybody who passes it on. */
    boolean isLong() {
        return events.stream().anyMatch(JournalEvent::isLong);
    }

    /** The array; to be asked if it is not long. */
    String text() {
        return events.stream().map(JournalEvent::json).collect(Collectors.joining(",", "[", "]"));
    }

    /** How many bytes there are in UTF-8. */
    long bytes() {
        return events.stream().mapToLong(JournalEvent::bytes).sum() + Math.max(0, events.size() - 1) + "[]".length();
    }

    /** The array, of which no more is held than the short events. */
    JoinedParts open() {
        JoinedParts parts = new JoinedParts();
        JoinedParts.Opening before = BEGIN;
        for (JournalEvent event : events) {
            parts.then(before).then(event::open);
            before = COMMA;
        }
        return events.isEmpty() ? parts.then("[]") : parts.then("]");
    }
}
