package skillrunner.application.run.journal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skillrunner.domain.journal.DiagnosticCode;
import skillrunner.domain.journal.FcmpDraft;
import skillrunner.domain.journal.FcmpMapper;
import skillrunner.domain.journal.JournalRows;
import skillrunner.domain.journal.JournalStream;
import skillrunner.domain.journal.OrchestratorDraft;
import skillrunner.domain.journal.ProtocolMetrics;
import skillrunner.domain.journal.RaspDraft;
import skillrunner.domain.journal.RaspMapper;
import skillrunner.domain.journal.RaspType;

/** What one attempt's events have come to: their numbers and what the mappers remember. Used by one thread at a time. */
final class AttemptRecord {
    /** So much is kept of what is warned of, in characters: an engine may complain without end. */
    private static final long MOST_DIAGNOSTICS = 512 << 10;

    /** Of an event without what it says, about. */
    private static final int ENVELOPE = 400;

    private static final System.Logger LOG = System.getLogger(AttemptRecord.class.getName());

    private final JournalRows envelopes;
    private final EventSchemas schemas;
    private final int number;
    private final RaspMapper rasp;
    private final FcmpMapper fcmp = new FcmpMapper();
    private final ShownBefore shownBefore = new ShownBefore();
    private final ProtocolMetrics metrics;
    private final List<Map<String, Object>> diagnostics = new ArrayList<>();
    private long diagnosticsSize;
    private long orchestratorSeq;
    private long raspSeq;
    private long localSeq;
    private @Nullable String session;
    private boolean closed;

    AttemptRecord(JournalRows envelopes, EventSchemas schemas, int number) {
        this.envelopes = envelopes;
        this.schemas = schemas;
        this.number = number;
        this.rasp = new RaspMapper(number, envelopes.parser());
        this.metrics = new ProtocolMetrics(envelopes);
    }

    int number() {
        return number;
    }

    RaspMapper rasp() {
        return rasp;
    }

    boolean isClosed() {
        return closed;
    }

    void close() {
        closed = true;
    }

    /** Continues behind what is stored. */
    void restored(long lastOrchestrator, long lastRasp, long lastLocal) {
        orchestratorSeq = lastOrchestrator;
        raspSeq = lastRasp;
        localSeq = lastLocal;
        rasp.startAgain();
    }

    /** Takes an event that was shown, though what it came from is lost and may be told again. */
    void wasShown(Map<String, Object> row) {
        shownBefore.add(row);
    }

    private List<FcmpDraft> news(RaspDraft draft) {
        List<FcmpDraft> drafts = fcmp.accept(draft);
        return shownBefore.isEmpty()
                ? drafts
                : drafts.stream().filter(shownBefore::isNews).toList();
    }

    /** Takes a stored event. @return what is shown of it */
    List<FcmpDraft> restore(RaspDraft stored, Map<String, Object> row) {
        count(stored, row);
        rasp.restore(stored);
        remember(stored);
        return fcmp.accept(stored);
    }

    void orchestrator(OrchestratorDraft draft, Instant at, RunJournal.Addition batch) {
        orchestratorSeq++;
        Map<String, Object> row = envelopes.orchestrator(draft, number, orchestratorSeq, at);
        batch.add(
                JournalStream.ORCHESTRATOR,
                refusal(JournalStream.ORCHESTRATOR, row)
                        .map(breach -> envelopes.orchestrator(draft.refused(breach), number, orchestratorSeq, at))
                        .orElse(row));
    }

    void warn(
            DiagnosticCode code,
            Optional<String> path,
            Optional<String> detail,
            Instant at,
            RunJournal.Addition batch) {
        orchestrator(OrchestratorDraft.diagnostic(code, path, detail), at, batch);
    }

    /** Adds an event. @return what is shown of it */
    List<FcmpDraft> rasp(RaspDraft draft, Instant at, RunJournal.Addition batch) {
        raspSeq++;
        String before = session;
        remember(draft);
        Map<String, Object> row = row(draft, at);
        Optional<String> breach = refusal(JournalStream.RASP, row);
        if (breach.isEmpty()) {
            batch.add(JournalStream.RASP, row);
            count(draft, row);
            return news(draft);
        }
        session = before;
        RaspDraft told = draft.refused(breach.get());
        Map<String, Object> refusal = row(told, at);
        batch.add(JournalStream.RASP, refusal);
        count(told, refusal);
        // From the event as it is stored, so that it gives the same when it is read again.
        return news(told);
    }

    private void count(RaspDraft event, Map<String, Object> row) {
        metrics.add(event);
        if (event.type() == RaspType.DIAGNOSTIC && diagnosticsSize < MOST_DIAGNOSTICS) {
            diagnosticsSize += ENVELOPE;
            for (Object said : event.data().values()) {
                diagnosticsSize += said instanceof String text ? text.length() : 0;
            }
            diagnostics.add(row);
        }
    }

    /** How many RASP events there are. */
    long told() {
        return metrics.events();
    }

    /** What the RASP events come to. */
    AttemptSummary summary() {
        return new AttemptSummary(diagnostics, metrics.upTo(raspSeq));
    }

    private Map<String, Object> row(RaspDraft draft, Instant at) {
        return envelopes.rasp(draft, number, raspSeq, at, Optional.ofNullable(session));
    }

    void fcmp(FcmpDraft draft, long seq, Instant at, RunJournal.Addition batch) {
        localSeq++;
        Map<String, Object> row = envelopes.fcmp(draft, number, seq, localSeq, at);
        batch.add(
                JournalStream.FCMP,
                refusal(JournalStream.FCMP, row)
                        .map(breach -> envelopes.fcmp(draft.refused(breach), number, seq, localSeq, at))
                        .orElse(row));
    }

    /** What is promised of every event is looked at before anybody can see it; a run goes on whatever is found. */
    private Optional<String> refusal(JournalStream stream, Map<String, Object> row) {
        Optional<String> breach = schemas.breach(stream, row);
        breach.ifPresent(what -> LOG.log(
                System.Logger.Level.WARNING,
                "run run_id={0}: PROTOCOL_SCHEMA_VIOLATION in {1} {2}{3}",
                envelopes.run(),
                stream.wire(),
                row.get("seq"),
                what));
        return breach;
    }

    private void remember(RaspDraft draft) {
        if (draft.type() == RaspType.SESSION && draft.data().get("session_id") instanceof String named) {
            session = named;
        }
    }
}
