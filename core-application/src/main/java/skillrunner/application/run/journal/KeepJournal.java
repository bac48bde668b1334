package skillrunner.application.run.journal;

import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import skillrunner.application.run.Attempts;
import skillrunner.application.run.RunMoves;
import skillrunner.application.run.RunSignals;
import skillrunner.application.run.Runs;
import skillrunner.application.run.interaction.Interactions;
import skillrunner.application.storage.DiskReserve;
import skillrunner.application.storage.StorageFaultException;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.journal.DoneMarkers;
import skillrunner.domain.journal.JournalRows;
import skillrunner.domain.journal.ParserProfile;
import skillrunner.domain.output.EngineEvent;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunId;
import skillrunner.domain.run.RunMove;

/**
 * Keeps the journal of runs up with what is stored of them. Moves are stored first, and whoever reads a journal has it settled before;
 * so whoever sees a status finds its events, though nobody may have written them when it was stored. A journal that can't be
 * written keeps nobody else from anything: it is taken up again the next time. Safe for concurrent use.
 */
public final class KeepJournal {
    private static final System.Logger LOG = System.getLogger(KeepJournal.class.getName());

    /** Of so many runs it is remembered that nothing is to be told. */
    private static final int REMEMBERED = 10_000;

    private final RunJournal journal;
    private final Runs runs;
    private final RunMoves moves;
    private final MoveFacts facts;
    private final Consumer<RunId> withdrawal;
    private final RunSignals signals;
    private final DiskReserve reserve;
    private final Function<EngineId, ParserProfile> parsers;
    private final EventSchemas schemas;
    private final Clock clock;
    private final Map<RunId, Slot> slots = new ConcurrentHashMap<>();
    private final Settled settled = new Settled();
    private final EndedJournal ended;

    /** What came of writing. */
    private enum Outcome {
        WRITTEN,
        /** It may be possible later. */
        NOT_NOW,
        /** Something stands in the way that only the operator can move. */
        NEVER
    }

    /** One run's writer, and whose turn it is with it. */
    private static final class Slot {
        private final ReentrantLock turn = new ReentrantLock();
        private @Nullable JournalWriter writer;
        private boolean dropped;
    }

    /** As what runs were stored when everything was told of them. */
    private static final class Settled {
        private final Map<RunId, Run> known = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<RunId, Run> eldest) {
                return size() > REMEMBERED;
            }
        };

        synchronized boolean is(Run run) {
            return run.equals(known.get(run.id()));
        }

        synchronized void put(Run run) {
            known.put(run.id(), run);
        }
    }

    public KeepJournal(
            RunJournal journal,
            Runs runs,
            RunMoves moves,
            Attempts attempts,
            Interactions interactions,
            Consumer<RunId> withdrawal,
            OutputBehind output,
            RunSignals signals,
            DiskReserve reserve,
            Function<EngineId, ParserProfile> parsers,
            EventSchemas schemas,
            Clock clock) {
        this.journal = Objects.requireNonNull(journal);
        this.runs = Objects.requireNonNull(runs);
        this.moves = Objects.requireNonNull(moves);
        this.facts = new MoveFacts(runs, attempts, interactions, output);
        this.withdrawal = Objects.requireNonNull(withdrawal);
        this.signals = Objects.requireNonNull(signals);
        this.reserve = Objects.requireNonNull(reserve);
        this.parsers = Objects.requireNonNull(parsers);
        this.schemas = Objects.requireNonNull(schemas);
        this.clock = Objects.requireNonNull(clock);
        this.ended = new EndedJournal(journal);
    }

    /**
     * Tells every move of a run that is stored and not told. Costs little if there is none. Never throws for a journal that can't be
     * written.
     *
     * @param id the run
     * @return false if some could not be told now; what can't be told at all, since something else stands in the place of a journal, is
     *     not waited for
     */
    public boolean settle(RunId id) {
        Optional<Run> run = runs.find(id);
        if (run.isEmpty() || settled.is(run.get())) {
            return true;
        }
        boolean done = isWhole(run.get()) || attempted(run.get(), writer -> {}) != Outcome.NOT_NOW;
        if (done) {
            settled.put(run.get());
        }
        return done;
    }

    /** Of a run that has ended and that nobody writes. What can't be read now is looked at by a writer. */
    private boolean isWhole(Run run) {
        if (!run.status().isTerminal() || slots.containsKey(run.id())) {
            return false;
        }
        try {
            return ended.isWhole(run.id(), moves.after(run.id(), 0));
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    /**
     * Begins to tell what an attempt says, from the beginning of its output; what is told already is passed over.
     *
     * @param run the run as it works
     * @return takes its events
     */
    public AttemptJournal attempt(Run run) {
        AttemptJournal attempt = new AttemptJournal(this, run);
        attempt.startAgain();
        return attempt;
    }

    boolean startAgain(Run run) {
        return write(run, writer -> writer.startAgain(run.attempt()));
    }

    /** Tells what an engine said. @return false if it could not be written */
    boolean tell(Run run, Collection<EngineEvent> said) {
        boolean told = write(run, writer -> writer.take(run.attempt(), said));
        signals.told(run.id());
        return told;
    }

    boolean finish(Run run) {
        return write(run, writer -> writer.finish(run.attempt()));
    }

    /**
     * Tells what an attempt says of its end, once everything was told that it said. It is what its last events will tell by.
     *
     * @param run the run as it works
     * @return the mark of a finished task; empty if the journal can't be written now
     */
    public Optional<DoneMarkers> markers(Run run) {
        List<DoneMarkers> found = new ArrayList<>();
        write(run, writer -> {
            writer.finish(run.attempt());
            writer.markers(run.attempt()).ifPresent(found::add);
        });
        return found.stream().findFirst();
    }

    private boolean write(Run run, Consumer<JournalWriter> work) {
        return attempted(run, work) == Outcome.WRITTEN;
    }

    private Outcome attempted(Run run, Consumer<JournalWriter> work) {
        while (true) {
            Slot slot = slots.computeIfAbsent(run.id(), id -> new Slot());
            slot.turn.lock();
            try {
                if (!slot.dropped) {
                    return attempted(slot, run, work);
                }
            } finally {
                slot.turn.unlock();
            }
        }
    }

    /** Whoever removed it meanwhile has looked for files already. What works is never removed. */
    private void withdrawIfRemoved(Run run, boolean ended) {
        if (ended && runs.find(run.id()).isEmpty()) {
            withdrawal.accept(run.id());
        }
    }

    private Outcome attempted(Slot slot, Run run, Consumer<JournalWriter> work) {
        boolean ended = run.status().isTerminal();
        boolean written = false;
        try {
            JournalWriter writer = slot.writer;
            if (writer == null) {
                writer = new JournalWriter(
                        journal,
                        new JournalRows(run.id(), run.engine(), parsers.apply(run.engine())),
                        schemas,
                        facts,
                        reserve,
                        clock);
                List<RunMove> all = moves.after(run.id(), 0);
                if (!all.isEmpty()) {
                    writer.recover(all);
                }
                slot.writer = writer;
            }
            for (RunMove move : moves.after(run.id(), writer.lastMove())) {
                ended |= move.to().isTerminal();
                writer.take(move);
            }
            work.accept(writer);
            written = true;
            withdrawIfRemoved(run, ended);
            return Outcome.WRITTEN;
        } catch (NoRoomException e) {
            // Said once, by the reserve.
            return Outcome.NOT_NOW;
        } catch (RuntimeException e) {
            // Whatever is wrong with a journal, a run must not fail for it.
            LOG.log(System.Logger.Level.WARNING, "run run_id={0}: its journal cannot be written: {1}", run.id(), e);
            return e instanceof StorageFaultException fault && fault.isLasting() ? Outcome.NEVER : Outcome.NOT_NOW;
        } finally {
            if (ended || !written) {
                slot.writer = null;
                slot.dropped = true;
                slots.remove(run.id(), slot);
                journal.close(run.id());
            }
        }
    }
}
