package skillrunner.application.run.journal;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skillrunner.application.storage.DiskReserve;
import skillrunner.application.storage.StorageFaultException;
import skillrunner.domain.journal.DiagnosticCode;
import skillrunner.domain.journal.DoneMarkers;
import skillrunner.domain.journal.FcmpDraft;
import skillrunner.domain.journal.JournalRows;
import skillrunner.domain.journal.MoveEvents;
import skillrunner.domain.journal.OrchestratorDraft;
import skillrunner.domain.journal.RaspDraft;
import skillrunner.domain.output.EngineEvent;
import skillrunner.domain.run.RunMove;

/**
 * Writes the events of one run. What it knows follows from what is stored, so one that met a fault is thrown away and another begins
 * where the stored events end. Used by one thread at a time.
 */
final class JournalWriter {
    private static final System.Logger LOG = System.getLogger(JournalWriter.class.getName());

    /** So much is held at most before it is written, and one event more. */
    private static final long MOST_HELD_BYTES = 1 << 20;

    private final RunJournal journal;
    private final JournalRows envelopes;
    private final EventSchemas schemas;
    private final MoveFacts facts;
    private final DiskReserve reserve;
    private final Clock clock;

    private @Nullable AttemptRecord present;
    private int lastMove;
    private long lastSeq;
    private Instant lastTime = Instant.EPOCH;
    private RunJournal.@Nullable Addition batch;

    JournalWriter(
            RunJournal journal,
            JournalRows envelopes,
            EventSchemas schemas,
            MoveFacts facts,
            DiskReserve reserve,
            Clock clock) {
        this.journal = journal;
        this.envelopes = envelopes;
        this.schemas = schemas;
        this.facts = facts;
        this.reserve = reserve;
        this.clock = clock;
    }

    /** Number of the last move that is told; 0 before the first. */
    int lastMove() {
        return lastMove;
    }

    /** Begins where the stored events end, and adds those that should have been stored with them. */
    void recover(List<RunMove> moves) {
        JournalRecovery recovery = new JournalRecovery(journal, envelopes, schemas, moves, facts);
        recovery.look();
        lastMove = recovery.lastMove();
        lastSeq = recovery.lastSeq();
        lastTime = recovery.lastTime();
        present = recovery.attempt().orElse(null);
        AttemptRecord attempt = present;
        if (attempt == null) {
            return;
        }
        recovery.repairs()
                .forEach(repair -> attempt.warn(
                        DiagnosticCode.JOURNAL_TAIL_REPAIRED,
                        Optional.of(repair.file()),
                        Optional.of(repair.bytes() + " bytes"),
                        now(),
                        batch(attempt)));
        long stored = attempt.told();
        recovery.missing(facts, new JournalRecovery.Adding() {
            @Override
            public void orchestrator(OrchestratorDraft draft) {
                attempt.orchestrator(draft, now(), batch(attempt));
            }

            @Override
            public List<FcmpDraft> rasp(RaspDraft draft) {
                return attempt.rasp(draft, now(), batch(attempt));
            }

            @Override
            public void fcmp(FcmpDraft draft) {
                show(attempt, List.of(draft));
            }
        });
        if (attempt.isClosed() && attempt.told() != stored) {
            summarize(attempt);
        }
        flush();
    }

    /** Tells what follows from a move. */
    void take(RunMove move) {
        AttemptRecord attempt = attempt(move.attempt());
        boolean ends = MoveEvents.endsAttempt(move);
        if (ends && !attempt.isClosed()) {
            tell(attempt, attempt.rasp().finish());
            if (facts.isCutOff(move, attempt.rasp().told())) {
                attempt.warn(
                        DiagnosticCode.JOURNAL_INCOMPLETE, Optional.empty(), Optional.empty(), now(), batch(attempt));
            }
        }
        MoveEvents.Facts known = facts.of(move, attempt.rasp().markers());
        MoveEvents.orchestrator(move, known).forEach(draft -> attempt.orchestrator(draft, now(), batch(attempt)));
        tell(attempt, MoveEvents.rasp(move, known));
        show(attempt, MoveEvents.fcmp(move, known));
        if (ends) {
            attempt.close();
            summarize(attempt);
        }
        lastMove = move.ordinal();
        flush();
    }

    /** Whether an attempt may still be told of. */
    boolean isOpen(int attempt) {
        return present != null && present.number() == attempt && !present.isClosed();
    }

    /** The output is told again from its beginning. */
    void startAgain(int attempt) {
        if (isOpen(attempt)) {
            attempt(attempt).rasp().startAgain();
        }
    }

    /** Tells what an engine said. */
    void take(int number, Collection<EngineEvent> said) {
        if (isOpen(number)) {
            AttemptRecord attempt = attempt(number);
            for (EngineEvent event : said) {
                tell(attempt, attempt.rasp().accept(event));
                if (batch(attempt).size() >= MOST_HELD_BYTES) {
                    flush();
                }
            }
            flush();
        }
    }

    /** Tells what was held back of an attempt that says nothing more. */
    void finish(int number) {
        if (isOpen(number)) {
            AttemptRecord attempt = attempt(number);
            tell(attempt, attempt.rasp().finish());
            flush();
        }
    }

    /** The mark of a finished task in what was told of an attempt; empty if nothing can be told of it any more. */
    Optional<DoneMarkers> markers(int number) {
        return isOpen(number) ? Optional.of(attempt(number).rasp().markers()) : Optional.empty();
    }

    /** Before its last events are written: whoever finds those finds what all come to. An attempt ends all the same if that can't be kept. */
    private void summarize(AttemptRecord attempt) {
        if (!reserve.isHeld()) {
            throw new NoRoomException();
        }
        try {
            journal.summarize(envelopes.run(), attempt.number(), attempt.summary());
        } catch (StorageFaultException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "run run_id={0} attempt={1}: what its events come to cannot be written: {2}",
                    envelopes.run(),
                    attempt.number(),
                    e);
        }
    }

    private AttemptRecord attempt(int number) {
        AttemptRecord known = present;
        if (known == null || known.number() != number) {
            // What was written so far belongs to the attempt before.
            flush();
            batch = null;
            known = new AttemptRecord(envelopes, schemas, number);
            present = known;
        }
        return known;
    }

    private void tell(AttemptRecord attempt, List<RaspDraft> drafts) {
        drafts.forEach(draft -> show(attempt, attempt.rasp(draft, now(), batch(attempt))));
    }

    private void show(AttemptRecord attempt, List<FcmpDraft> drafts) {
        drafts.forEach(draft -> attempt.fcmp(draft, ++lastSeq, now(), batch(attempt)));
    }

    private void flush() {
        RunJournal.Addition written = batch;
        if (written != null && written.size() > 0) {
            if (!reserve.isHeld()) {
                throw new NoRoomException();
            }
            batch = null;
            written.commit();
        }
    }

    /** What is held belongs to one attempt: another one's comes only behind a flush. */
    private RunJournal.Addition batch(AttemptRecord attempt) {
        RunJournal.Addition present = batch;
        if (present == null) {
            present = journal.addition(envelopes.run(), attempt.number());
            batch = present;
        }
        return present;
    }

    /** Never earlier than before, whatever the clock says. */
    private Instant now() {
        Instant now = clock.instant();
        if (now.isAfter(lastTime)) {
            lastTime = now;
        }
        return lastTime;
    }
}
