package skillrunner.application.run.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import skillrunner.domain.journal.JournalStream;
import skillrunner.domain.run.RunId;

/**
 * Reads the journal of a run, settled before. Everybody who shows events reads them here: live, replayed and as history. Safe for
 * concurrent use.
 */
public final class JournalReader {
    /** So many characters are held for one client that follows, and one event more. */
    static final long ENOUGH = 256 << 10;

    private final RunJournal journal;
    private final KeepJournal keeping;

    public JournalReader(RunJournal journal, KeepJournal keeping) {
        this.journal = Objects.requireNonNull(journal);
        this.keeping = Objects.requireNonNull(keeping);
    }

    /**
     * Reads what a front end shows, behind an event.
     *
     * @param run the run
     * @param seq the number of the last event that is known; 0 for the beginning
     * @param limit at most so many; fewer if they are long
     * @return the events behind it, by number, over the border of attempts; none only if there are none
     */
    public List<JournalEvent> fcmpAfter(RunId run, long seq, int limit) {
        return fcmp(run, JournalQuery.behind(seq, limit).upTo(ENOUGH));
    }

    /**
     * Tells whether everything that has happened to a run can be read, and not only what could be written yet.
     *
     * @param run the run
     * @return false while the disk is full, for example; what will never be there is not waited for
     */
    public boolean isWhole(RunId run) {
        return keeping.settle(run);
    }

    /**
     * Reads what a front end shows.
     *
     * @param run the run
     * @param query which events of all attempts
     * @return the events, by number
     */
    public List<JournalEvent> fcmp(RunId run, JournalQuery query) {
        keeping.settle(run);
        List<Integer> attempts = journal.attempts(run);
        List<JournalEvent> found = new ArrayList<>();
        for (int attempt : attempts.subList(firstWith(run, attempts, query.fromSeq()), attempts.size())) {
            if (query.isEnough(found)) {
                break;
            }
            found.addAll(journal.read(
                    run,
                    JournalStream.FCMP,
                    attempt,
                    new JournalQuery(
                            query.fromSeq(),
                            query.toSeq(),
                            query.fromTime(),
                            query.toTime(),
                            query.limit() - found.size(),
                            query.enough() - JournalQuery.length(found))));
        }
        return found;
    }

    /**
     * Finds the last event that a front end shows.
     *
     * @param run the run
     * @return its number; 0 if there is none
     */
    public long lastFcmp(RunId run) {
        keeping.settle(run);
        List<Integer> attempts = journal.attempts(run);
        for (int i = attempts.size() - 1; i >= 0; i--) {
            Optional<Long> last = lastIn(run, attempts.get(i));
            if (last.isPresent()) {
                return last.get();
            }
        }
        return 0;
    }

    /**
     * Lists the attempts of which there is anything.
     *
     * @param run the run
     * @return their numbers, ascending
     */
    public List<Integer> attempts(RunId run) {
        keeping.settle(run);
        return journal.attempts(run);
    }

    /**
     * Reads one stream of one attempt.
     *
     * @param run the run
     * @param stream the stream
     * @param attempt the attempt
     * @param query which events
     * @return the events, by number
     */
    public List<JournalEvent> read(RunId run, JournalStream stream, int attempt, JournalQuery query) {
        keeping.settle(run);
        return journal.read(run, stream, attempt, query);
    }

    /** The attempts before this one end before the wanted event. */
    private int firstWith(RunId run, List<Integer> attempts, long seq) {
        for (int i = attempts.size() - 1; i > 0; i--) {
            if (lastIn(run, attempts.get(i - 1)).filter(last -> last < seq).isPresent()) {
                return i;
            }
        }
        return 0;
    }

    private Optional<Long> lastIn(RunId run, int attempt) {
        return journal.last(run, JournalStream.FCMP, attempt)
                .map(row -> row.get("seq"))
                .filter(Number.class::isInstance)
                .map(seq -> ((Number) seq).longValue());
    }
}
