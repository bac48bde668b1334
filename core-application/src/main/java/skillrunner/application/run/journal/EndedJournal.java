package skillrunner.application.run.journal;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import skillrunner.domain.journal.FcmpType;
import skillrunner.domain.journal.JournalRows;
import skillrunner.domain.journal.JournalStream;
import skillrunner.domain.journal.MoveEvents;
import skillrunner.domain.journal.OrchestratorDraft;
import skillrunner.domain.journal.RaspDraft;
import skillrunner.domain.journal.RaspType;
import skillrunner.domain.run.RunId;
import skillrunner.domain.run.RunMove;

/**
 * Tells by its last events whether everything was told of a run that has ended: what a crash takes is the end of the last attempt's streams.
 * So whoever reads an ended run first need not go through all of it. Safe for concurrent use.
 */
final class EndedJournal {
    private final RunJournal journal;

    EndedJournal(RunJournal journal) {
        this.journal = journal;
    }

    /** @param moves all moves of the run. @return false also if that can't be told without a look at all events */
    boolean isWhole(RunId run, List<RunMove> moves) {
        if (moves.isEmpty()) {
            return false;
        }
        RunMove end = moves.get(moves.size() - 1);
        return MoveEvents.endsAttempt(end)
                && end.to().isTerminal()
                && isDecided(run, end)
                && isShown(run, end)
                && moves.stream().mapToInt(RunMove::attempt).distinct().noneMatch(each -> journal.isTorn(run, each));
    }

    private boolean isDecided(RunId run, RunMove end) {
        List<OrchestratorDraft> decided = MoveEvents.orchestrator(end, MoveEvents.Facts.NONE);
        return journal.last(run, JournalStream.ORCHESTRATOR, end.attempt())
                .flatMap(JournalRows::orchestratorType)
                .filter(decided.get(decided.size() - 1).type()::equals)
                .isPresent();
    }

    /** The last RASP events are how the turn was classified and the end; what was warned of then is shown behind the end. */
    private boolean isShown(RunId run, RunMove end) {
        List<Map<String, Object>> told = journal.ending(run, JournalStream.RASP, end.attempt(), 2);
        if (told.size() < 2
                || type(told.get(1)).filter(RaspType.RUN_TERMINAL::equals).isEmpty()) {
            return false;
        }
        Optional<RaspDraft> completion =
                JournalRows.rasp(told.get(0)).filter(event -> event.type() == RaspType.COMPLETION);
        Optional<Map<String, Object>> shown = journal.last(run, JournalStream.FCMP, end.attempt());
        if (completion.isEmpty() || shown.isEmpty()) {
            return false;
        }
        Optional<FcmpType> last = JournalRows.fcmpType(shown.get());
        List<?> warnings = completion.get().data().get("diagnostics") instanceof List<?> listed ? listed : List.of();
        if (warnings.isEmpty()) {
            return last.filter(type -> type == FcmpType.CONVERSATION_COMPLETED || type == FcmpType.CONVERSATION_FAILED)
                    .isPresent();
        }
        return last.filter(FcmpType.DIAGNOSTIC::equals).isPresent()
                && JournalRows.code(shown.get())
                        .filter(warnings.get(warnings.size() - 1)::equals)
                        .isPresent();
    }

    private static Optional<RaspType> type(Map<String, Object> row) {
        return JournalRows.rasp(row).map(RaspDraft::type);
    }
}
