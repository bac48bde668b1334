package skillrunner.application.run.journal;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import skillrunner.application.run.RunSignals;
import skillrunner.application.run.Runs;
import skillrunner.application.run.Subscription;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunId;

/** Reads what a front end shows of a run as a stream that grows and ends. Safe for concurrent use. */
public final class ReadEvents {
    private final Runs runs;
    private final JournalReader journal;
    private final RunSignals signals;

    public ReadEvents(Runs runs, JournalReader journal, RunSignals signals) {
        this.runs = Objects.requireNonNull(runs);
        this.journal = Objects.requireNonNull(journal);
        this.signals = Objects.requireNonNull(signals);
    }

    /**
     * Events that follow each other.
     *
     * @param from the number of the event before them; 0 at the beginning
     * @param to the number of the last of them; {@code from} if there are none
     * @param events the events
     * @param newest whether nothing lies behind them now
     * @param closed whether nothing will ever lie behind them
     */
    public record Stretch(long from, long to, List<JournalEvent> events, boolean newest, boolean closed) {
        /** Copies the list. */
        public Stretch {
            events = List.copyOf(events);
        }
    }

    /**
     * Finds what lies behind an event.
     *
     * @param id the run
     * @param seq the number of the event; clamped to what is there
     * @param limit at most so many; fewer if they are long
     * @return the events, or empty if the run was removed
     */
    public Optional<Stretch> find(RunId id, long seq, int limit) {
        // The status is read before the events: whatever was told before the end is then seen.
        return runs.find(id).map(run -> stretch(run, seq, limit));
    }

    /**
     * Begins to watch a run.
     *
     * @param id the run
     * @param wakeUp called from any thread when there may be more
     * @return ends the watch
     */
    public Subscription watch(RunId id, Runnable wakeUp) {
        Subscription run = signals.watch(id, wakeUp);
        Subscription events = signals.watchEvents(id, wakeUp);
        return () -> {
            run.close();
            events.close();
        };
    }

    private Stretch stretch(Run run, long seq, int limit) {
        long from = Math.min(seq, journal.lastFcmp(run.id()));
        List<JournalEvent> found = journal.fcmpAfter(run.id(), from, limit + 1);
        // Of long events there are fewer at once, and whether there are more is seen by who asks again.
        boolean newest = found.size() <= limit && JournalQuery.length(found) < JournalReader.ENOUGH;
        List<JournalEvent> events = found.size() <= limit ? found : found.subList(0, limit);
        long to = events.isEmpty() ? from : events.get(events.size() - 1).seq();
        return new Stretch(from, to, events, newest, newest && run.status().isTerminal());
    }
}
