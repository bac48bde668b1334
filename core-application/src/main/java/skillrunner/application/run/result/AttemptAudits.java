package skillrunner.application.run.result;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import skillrunner.application.run.journal.KeepJournal;
import skillrunner.domain.journal.Completion;
import skillrunner.domain.journal.CompletionPolicy;
import skillrunner.domain.journal.DoneMarkers;
import skillrunner.domain.run.Attempt;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunFailure;
import skillrunner.domain.run.RunReceipt;
import skillrunner.domain.run.RunRequest;
import skillrunner.domain.run.Verdict;
import skillrunner.domain.skill.ExecutionMode;

/** Makes what is recorded of a turn that is over; it says what the turn's events say. */
final class AttemptAudits {
    private final KeepJournal journal;

    AttemptAudits(KeepJournal journal) {
        this.journal = Objects.requireNonNull(journal);
    }

    /**
     * Of a turn whose process was started.
     *
     * @param before the run as last stored
     * @param after the run as it is stored next
     * @param request its request, unless its record is lost
     * @param verdict how the turn is judged
     * @param attempt the turn
     */
    AttemptAudit of(Run before, Run after, Optional<RunRequest> request, Verdict verdict, Attempt attempt) {
        return audit(
                after,
                request,
                attempt.number(),
                attempt.startedAt(),
                attempt.endedAt().orElse(after.updatedAt()),
                attempt.receipt().flatMap(RunReceipt::exitCode),
                markers(before, verdict));
    }

    /** Of a turn that came to its end before its process was ordered. */
    AttemptAudit unstarted(Run before, Run after, Optional<RunRequest> request, Verdict verdict) {
        return audit(
                after,
                request,
                before.attempt(),
                before.updatedAt(),
                after.updatedAt(),
                Optional.empty(),
                markers(before, verdict));
    }

    private static AttemptAudit audit(
            Run run,
            Optional<RunRequest> request,
            int number,
            Instant startedAt,
            Instant endedAt,
            Optional<Integer> exitCode,
            DoneMarkers markers) {
        Completion completion = CompletionPolicy.of(new CompletionPolicy.Facts(
                run.status(), run.failure().map(RunFailure::code), exitCode, run.warnings(), markers));
        return new AttemptAudit(
                run,
                request.map(it -> it.options().executionMode()).orElse(ExecutionMode.AUTO),
                number,
                startedAt,
                Optional.of(endedAt),
                exitCode,
                completion,
                markers,
                run.warnings());
    }

    /** From the journal, which tells the same of every end; where it can't be written, from the answer. */
    private DoneMarkers markers(Run run, Verdict verdict) {
        return journal.markers(run)
                .orElseGet(() -> verdict instanceof Verdict.Succeeded succeeded
                                && succeeded.answer().done()
                        ? new DoneMarkers(1, true, Optional.empty())
                        : DoneMarkers.NONE);
    }
}
