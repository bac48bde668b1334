package skillrunner.application.run.journal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skillrunner.domain.journal.DiagnosticCode;
import skillrunner.domain.journal.DoneMarkers;
import skillrunner.domain.journal.EventTime;
import skillrunner.domain.journal.FcmpDraft;
import skillrunner.domain.journal.FcmpType;
import skillrunner.domain.journal.JournalRows;
import skillrunner.domain.journal.JournalStream;
import skillrunner.domain.journal.MoveEvents;
import skillrunner.domain.journal.OrchestratorDraft;
import skillrunner.domain.journal.OrchestratorType;
import skillrunner.domain.journal.RaspDraft;
import skillrunner.domain.run.RunMove;

/**
 * Finds out where the stored events of a run end. A batch is written stream by stream, so what a crash cut off is missing at the end of
 * the streams of the last attempt alone, and follows from its moves and from the streams before. What else is missing a fault of the disk
 * has taken: then it is told again, but for what a front end was shown. Used once.
 */
final class JournalRecovery {
    /** Written without a move. */
    private static final List<String> NOT_OF_MOVES =
            List.of(DiagnosticCode.JOURNAL_TAIL_REPAIRED.name(), DiagnosticCode.JOURNAL_INCOMPLETE.name());

    private final MoveFacts known;
    private final RunJournal journal;
    private final JournalRows envelopes;
    private final EventSchemas schemas;
    private final List<RunMove> moves;
    private final List<RunJournal.Repair> repairs = new ArrayList<>();
    private final List<RunMove> ofAttempt = new ArrayList<>();
    private final List<FcmpDraft> unshown = new ArrayList<>();
    private @Nullable AttemptRecord attempt;
    private int next;
    /** Of moves that are told, how many of the last orchestrator events are missing. */
    private final Map<Integer, Integer> missingFacts = new HashMap<>();

    private long lastSeq;
    private long shown;
    private long lastLocal;
    private long raspOfMoves;
    private Instant lastTime = Instant.EPOCH;

    /** Takes what is missing. */
    interface Adding {
        void orchestrator(OrchestratorDraft draft);

        List<FcmpDraft> rasp(RaspDraft draft);

        void fcmp(FcmpDraft draft);
    }

    JournalRecovery(
            RunJournal journal, JournalRows envelopes, EventSchemas schemas, List<RunMove> moves, MoveFacts known) {
        this.known = known;
        this.journal = journal;
        this.envelopes = envelopes;
        this.schemas = schemas;
        this.moves = moves;
    }

    /** Number of the last move of which anything is stored. */
    int lastMove() {
        return next == 0 ? 0 : moves.get(next - 1).ordinal();
    }

    long lastSeq() {
        return lastSeq;
    }

    Instant lastTime() {
        return lastTime;
    }

    List<RunJournal.Repair> repairs() {
        return repairs;
    }

    /** The last attempt of which anything is stored. */
    Optional<AttemptRecord> attempt() {
        return Optional.ofNullable(attempt);
    }

    void look() {
        while (next < moves.size()) {
            int number = moves.get(next).attempt();
            repairs.addAll(journal.repair(envelopes.run(), number));
            Facts facts = new Facts();
            journal.scan(envelopes.run(), JournalStream.ORCHESTRATOR, number, facts::take);
            if (facts.lastSeq == 0 && isEmpty(number)) {
                return;
            }
            count(number, facts);
            if (next < moves.size() && moves.get(next).attempt() == number) {
                // Behind an attempt with moves that are not told yet there is no other.
                return;
            }
        }
    }

    /** Rows without a move, and the last number. A row that can't be read leaves a hole and counts. */
    private final class Facts {
        private long lastSeq;
        private long withoutMove;

        void take(Map<String, Object> row) {
            lastSeq = Math.max(lastSeq + 1, JournalRows.localSeq(row).orElse(0));
            boolean warning = JournalRows.orchestratorType(row)
                    .filter(OrchestratorType.DIAGNOSTIC::equals)
                    .isPresent();
            if (warning && JournalRows.code(row).filter(NOT_OF_MOVES::contains).isPresent()) {
                withoutMove++;
            }
            time(row);
        }
    }

    private void count(int number, Facts facts) {
        ofAttempt.clear();
        missingFacts.clear();
        long left = facts.lastSeq - facts.withoutMove;
        while (left > 0 && isOf(number)) {
            left -= take(left);
        }
        if (isOf(number)) {
            // What was shown was told, though the rows that said so first are gone.
            long shownChanges = changes(number)
                    - ofAttempt.stream().filter(MoveEvents::isChange).count();
            while (shownChanges > 0 && isOf(number)) {
                shownChanges -= MoveEvents.isChange(moves.get(next)) ? 1 : 0;
                take(0);
            }
        }
        Optional<Map<String, Object>> last = journal.last(envelopes.run(), JournalStream.FCMP, number);
        last.ifPresent(this::time);
        lastSeq = Math.max(lastSeq, last.map(JournalRecovery::seq).orElse(0L));
        lastLocal = last.map(JournalRecovery::localSeq).orElse(0L);
        attempt = new AttemptRecord(envelopes, schemas, number);
        restore(attempt, facts.lastSeq);
    }

    private boolean isOf(int number) {
        return next < moves.size() && moves.get(next).attempt() == number;
    }

    /** Takes the next move as told. @return how many orchestrator events follow from it */
    private int take(long stored) {
        RunMove move = moves.get(next);
        int facts = MoveEvents.facts(move);
        if (facts > stored) {
            missingFacts.put(move.ordinal(), (int) (facts - stored));
        }
        ofAttempt.add(move);
        next++;
        return facts;
    }

    private boolean isEmpty(int number) {
        return journal.last(envelopes.run(), JournalStream.RASP, number).isEmpty()
                && journal.last(envelopes.run(), JournalStream.FCMP, number).isEmpty();
    }

    private long changes(int number) {
        long[] changes = {0};
        journal.scan(
                envelopes.run(),
                JournalStream.FCMP,
                number,
                row -> changes[0] += JournalRows.fcmpType(row)
                                .filter(FcmpType.STATE_CHANGED::equals)
                                .isPresent()
                        ? 1
                        : 0);
        return changes[0];
    }

    private void restore(AttemptRecord record, long lastOrchestrator) {
        unshown.clear();
        shown = 0;
        raspOfMoves = 0;
        ofAttempt.stream()
                .takeWhile(move -> !MoveEvents.endsAttempt(move))
                .forEach(move -> expect(MoveEvents.fcmp(move, known.of(move, DoneMarkers.NONE))));
        long[] lastRasp = {0};
        journal.scan(envelopes.run(), JournalStream.RASP, record.number(), row -> {
            lastRasp[0] = Math.max(lastRasp[0] + 1, JournalRows.localSeq(row).orElse(0));
            time(row);
            JournalRows.rasp(row).ifPresent(draft -> {
                raspOfMoves += draft.meant().isOfMove() ? 1 : 0;
                expect(record.restore(draft, row));
            });
        });
        record.restored(lastOrchestrator, lastRasp[0], lastLocal);
        if (shown < lastLocal && ofAttempt.stream().noneMatch(MoveEvents::endsAttempt)) {
            journal.scan(envelopes.run(), JournalStream.FCMP, record.number(), row -> {
                if (localSeq(row) > shown) {
                    record.wasShown(row);
                }
            });
        }
    }

    private void expect(List<FcmpDraft> drafts) {
        for (FcmpDraft draft : drafts) {
            shown++;
            if (shown > lastLocal) {
                unshown.add(draft);
            }
        }
    }

    /** Adds what should have been stored with the rest. */
    void missing(MoveFacts facts, Adding adding) {
        AttemptRecord record = attempt;
        if (record == null) {
            return;
        }
        long told = 0;
        for (RunMove move : ofAttempt) {
            MoveEvents.Facts known = facts.of(move, record.rasp().markers());
            List<OrchestratorDraft> all = MoveEvents.orchestrator(move, known);
            int lost = missingFacts.getOrDefault(move.ordinal(), 0);
            all.subList(all.size() - lost, all.size()).forEach(adding::orchestrator);
            for (RaspDraft draft : MoveEvents.rasp(move, known)) {
                told++;
                if (told > raspOfMoves) {
                    expect(adding.rasp(draft));
                }
            }
        }
        boolean ended = false;
        for (RunMove move : ofAttempt) {
            ended |= MoveEvents.endsAttempt(move);
            if (ended) {
                expect(MoveEvents.fcmp(move, facts.of(move, record.rasp().markers())));
            }
        }
        unshown.forEach(adding::fcmp);
        if (ended) {
            record.close();
        }
    }

    private static long seq(Map<String, Object> row) {
        return row.get("seq") instanceof Number number ? number.longValue() : 0L;
    }

    private static long localSeq(Map<String, Object> row) {
        return JournalRows.localSeq(row).orElse(0);
    }

    private void time(Map<String, Object> row) {
        if (row.get("ts") instanceof String text) {
            EventTime.read(text).filter(moment -> moment.isAfter(lastTime)).ifPresent(moment -> lastTime = moment);
        }
    }
}
