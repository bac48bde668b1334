package skillrunner.http.run;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import skillrunner.application.run.journal.JournalEvent;
import skillrunner.application.run.journal.JournalQuery;
import skillrunner.application.run.journal.JournalReader;
import skillrunner.domain.journal.JournalStream;
import skillrunner.domain.journal.RaspType;
import skillrunner.domain.run.RunId;

/**
 * Finds the bytes of a message that came in pieces: from its first piece to its last. No event names them all, so its turn is looked
 * through for them. Safe for concurrent use.
 */
final class MessageBytes {
    private static final int PAGE = 1_000;

    /** So many characters are held at once, and one event more. */
    private static final long ENOUGH = 1 << 20;

    private final JournalReader journal;

    MessageBytes(JournalReader journal) {
        this.journal = Objects.requireNonNull(journal);
    }

    /** Finds them. @return empty if no message of this name came in pieces */
    Optional<JournalRow.Source> find(RunId run, int attempt, String message) {
        Optional<JournalRow.Source> pieces = Optional.empty();
        List<JournalEvent> page = read(run, attempt, 0);
        while (!page.isEmpty()) {
            for (JournalEvent event : page) {
                if (!isOfMessage(event)) {
                    continue;
                }
                JournalRow row = JournalRow.of(JournalStream.RASP, event);
                if (row.type().equals(RaspType.MESSAGE_PIECE.wire())) {
                    pieces = with(pieces, row.source());
                } else if (row.text("message_id").equals(message)) {
                    return row.source().isPresent() ? row.source() : pieces;
                } else if (row.source().isEmpty()) {
                    pieces = Optional.empty();
                }
            }
            page = read(run, attempt, page.get(page.size() - 1).seq());
        }
        return Optional.empty();
    }

    private List<JournalEvent> read(RunId run, int attempt, long seq) {
        return journal.read(
                run, JournalStream.RASP, attempt, JournalQuery.behind(seq, PAGE).upTo(ENOUGH));
    }

    /** Most events are of another kind, which is seen without reading them. */
    private static boolean isOfMessage(JournalEvent event) {
        return event.isLong() || event.json().contains("\"agent.message.");
    }

    private static Optional<JournalRow.Source> with(
            Optional<JournalRow.Source> before, Optional<JournalRow.Source> piece) {
        return before.isPresent() && piece.isPresent()
                ? Optional.of(before.get().until(piece.get()))
                : before.or(() -> piece);
    }
}
