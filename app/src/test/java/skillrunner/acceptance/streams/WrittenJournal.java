package skillrunner.acceptance.streams;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import skillrunner.application.run.journal.AttemptSummary;
import skillrunner.application.run.journal.JournalEvent;
import skillrunner.application.run.journal.JournalQuery;
import skillrunner.application.run.journal.RunJournal;
import skillrunner.domain.journal.JournalStream;
import skillrunner.domain.run.RunId;

/** A journal that holds whatever JSON a test writes, which need be no event. */
final class WrittenJournal implements RunJournal {
    private final Map<RunId, List<String>> messages = new ConcurrentHashMap<>();

    List<String> of(RunId run) {
        return messages.computeIfAbsent(run, id -> new CopyOnWriteArrayList<>());
    }

    @Override
    public List<Integer> attempts(RunId run) {
        return List.of(1);
    }

    @Override
    public List<Map<String, Object>> ending(RunId run, JournalStream stream, int attempt, int most) {
        return of(run).isEmpty() ? List.of() : List.of(Map.of("seq", of(run).size()));
    }

    @Override
    public boolean isTorn(RunId run, int attempt) {
        return false;
    }

    @Override
    public List<JournalEvent> read(RunId run, JournalStream stream, int attempt, JournalQuery query) {
        List<JournalEvent> found = new ArrayList<>();
        long seq = 1;
        for (String message : of(run)) {
            if (query.wants(seq, Optional.empty()) && found.size() < query.limit()) {
                found.add(new JournalEvent(seq, attempt, message));
            }
            seq++;
        }
        return found;
    }

    @Override
    public List<Repair> repair(RunId run, int attempt) {
        throw new UnsupportedOperationException("a test writes it");
    }

    @Override
    public void summarize(RunId run, int attempt, AttemptSummary summary) {
        throw new UnsupportedOperationException("a test writes it");
    }

    @Override
    public Addition addition(RunId run, int attempt) {
        throw new UnsupportedOperationException("a test writes it");
    }

    @Override
    public void scan(RunId run, JournalStream stream, int attempt, Consumer<Map<String, Object>> row) {
        throw new UnsupportedOperationException("a test writes it");
    }

    @Override
    public void close(RunId run) {
        // Nothing is held.
    }
}
