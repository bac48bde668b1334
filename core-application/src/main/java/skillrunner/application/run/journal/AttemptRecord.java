package skillrunner.application.run.journal;

import java.time.Instant;
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
import skillrunner.domain.journal.RaspDraft;
import skillrunner.domain.journal.RaspMapper;
import skillrunner.domain.journal.RaspType;

/** What one attempt's events have come to: their numbers and what the mappers remember. Used by one thread at a time. */
final class AttemptRecord {
    private final JournalRows envelopes;
    private final int number;
    private final RaspMapper rasp;
    private final FcmpMapper fcmp = new FcmpMapper();
    private long orchestratorSeq;
    private long raspSeq;
    private long localSeq;
    private @Nullable String session;
    private boolean closed;

    AttemptRecord(JournalRows envelopes, int number) {
        this.envelopes = envelopes;
        this.number = number;
        this.rasp = new RaspMapper(number);
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

    /** Takes a stored event. @return what is shown of it */
    List<FcmpDraft> restore(RaspDraft stored) {
        rasp.restore(stored);
        remember(stored);
        return fcmp.accept(stored);
    }

    void orchestrator(OrchestratorDraft draft, Instant at, JournalBatch batch) {
        batch.add(JournalStream.ORCHESTRATOR, envelopes.orchestrator(draft, number, ++orchestratorSeq, at));
    }

    void warn(DiagnosticCode code, Optional<String> path, Optional<String> detail, Instant at, JournalBatch batch) {
        orchestrator(OrchestratorDraft.diagnostic(code, path, detail), at, batch);
    }

    /** Adds an event. @return what is shown of it */
    List<FcmpDraft> rasp(RaspDraft draft, Instant at, JournalBatch batch) {
        remember(draft);
        Map<String, Object> row = envelopes.rasp(draft, number, ++raspSeq, at, Optional.ofNullable(session));
        batch.add(JournalStream.RASP, row);
        return fcmp.accept(draft);
    }

    void fcmp(FcmpDraft draft, long seq, Instant at, JournalBatch batch) {
        batch.add(JournalStream.FCMP, envelopes.fcmp(draft, number, seq, ++localSeq, at));
    }

    private void remember(RaspDraft draft) {
        if (draft.type() == RaspType.SESSION && draft.data().get("session_id") instanceof String named) {
            session = named;
        }
    }
}
