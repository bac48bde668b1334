package skillrunner.http.run;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import skillrunner.application.run.journal.JournalEvent;
import skillrunner.application.run.journal.JournalQuery;
import skillrunner.application.run.journal.JournalReader;
import skillrunner.domain.journal.JournalStream;
import skillrunner.domain.run.RunId;

/** Cuts what happened to a run into parts that a page can show, of all turns or of one. Safe for concurrent use. */
final class ConversationParts {
    /** Stands for every turn. */
    static final int ALL = 0;

    /** So many events are looked at for a part. */
    private static final int MOST = 400;

    /** So many for the first one, which comes with the page: every one more keeps its reader waiting. */
    private static final int FIRST = 50;

    /** So many characters are held for a part at once, and one event more. */
    private static final long ENOUGH = 4 << 20;

    private final JournalReader journal;

    ConversationParts(JournalReader journal) {
        this.journal = Objects.requireNonNull(journal);
    }

    /**
     * Events that follow each other.
     *
     * @param before number of the first event that was looked at; 1 or less if nothing is earlier
     * @param cursor number of the last event that was looked at
     * @param more whether there are newer events by now
     * @param events the events
     */
    record Part(long before, long cursor, boolean more, List<JournalEvent> events) {}

    List<Integer> attempts(RunId run) {
        return journal.attempts(run);
    }

    /** The last events. */
    Part newest(RunId run, int attempt) {
        long last = attempt == ALL ? journal.lastFcmp(run) : last(run, attempt);
        Stretch end = upTo(run, attempt, last, FIRST);
        // They were read already, but for what came meanwhile, which its reader asks for next.
        return end.events().isEmpty()
                ? after(run, attempt, end.from() - 1)
                : part(run, attempt, end.from() - 1, end.events());
    }

    /** The events behind one. */
    Part after(RunId run, int attempt, long seq) {
        return part(
                run,
                attempt,
                seq,
                read(run, attempt, JournalQuery.behind(seq, MOST + 1).upTo(ENOUGH)));
    }

    private Part part(RunId run, int attempt, long seq, List<JournalEvent> events) {
        List<JournalEvent> shown = events.subList(0, Math.min(MOST, events.size()));
        long cursor = shown.isEmpty() ? seq : shown.get(shown.size() - 1).seq();
        return new Part(earliest(run, attempt, seq + 1, shown), cursor, events.size() > MOST || isMuch(events), shown);
    }

    /** The events before one. */
    Part before(RunId run, int attempt, long seq) {
        if (seq <= 1) {
            return new Part(earliest(run, attempt, 1, List.of()), seq - 1, false, List.of());
        }
        Stretch end = upTo(run, attempt, seq - 1, MOST);
        List<JournalEvent> shown = end.events().isEmpty()
                ? read(run, attempt, new JournalQuery(end.from(), seq - 1, Optional.empty(), Optional.empty(), MOST))
                : end.events();
        return new Part(earliest(run, attempt, end.from(), shown), seq - 1, false, shown);
    }

    /** The events from one on. */
    private record Stretch(long from, List<JournalEvent> events) {}

    /** So many events up to one that they are few enough, and not too much; of the last alone only where it begins. */
    private Stretch upTo(RunId run, int attempt, long last, int most) {
        for (int events = most; events > 1; events /= 2) {
            long from = Math.max(1, last - events + 1);
            JournalQuery query = new JournalQuery(from, Math.max(0, last), Optional.empty(), Optional.empty(), MOST);
            List<JournalEvent> found = read(run, attempt, query.upTo(ENOUGH));
            if (!isMuch(found)) {
                return new Stretch(from, found);
            }
        }
        return new Stretch(Math.max(1, last), List.of());
    }

    private static boolean isMuch(List<JournalEvent> events) {
        return events.stream().mapToLong(JournalEvent::length).sum() >= ENOUGH;
    }

    /** Before its first event there is nothing of a turn. */
    private long earliest(RunId run, int attempt, long from, List<JournalEvent> shown) {
        if (attempt == ALL) {
            return from;
        }
        long first = first(run, attempt);
        return shown.isEmpty() || from <= first ? 1 : from;
    }

    private long first(RunId run, int attempt) {
        return read(run, attempt, JournalQuery.behind(0, 1)).stream()
                .mapToLong(JournalEvent::seq)
                .findFirst()
                .orElse(1);
    }

    /** The turn that follows begins behind it. */
    private long last(RunId run, int attempt) {
        return journal.attempts(run).stream()
                .filter(number -> number > attempt)
                .findFirst()
                .map(next -> first(run, next) - 1)
                .filter(last -> last > 0)
                .orElseGet(() -> journal.lastFcmp(run));
    }

    private List<JournalEvent> read(RunId run, int attempt, JournalQuery query) {
        return attempt == ALL ? journal.fcmp(run, query) : journal.read(run, JournalStream.FCMP, attempt, query);
    }
}
