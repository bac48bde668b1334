package skillrunner.testkit.run;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import skillrunner.application.run.retention.Removed;
import skillrunner.application.run.retention.RunRemovals;
import skillrunner.domain.run.RetentionPolicy;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunId;

/** Removes runs from maps. Safe for concurrent use. */
public final class InMemoryRunRemovals implements RunRemovals {
    private final InMemoryRuns runs;
    private final InMemoryRunCache cache;
    private final Map<RunId, Long> measured = new HashMap<>();

    /**
     * Takes what it removes from.
     *
     * @param runs has the runs
     * @param cache has their answers
     */
    public InMemoryRunRemovals(InMemoryRuns runs, InMemoryRunCache cache) {
        this.runs = Objects.requireNonNull(runs);
        this.cache = Objects.requireNonNull(cache);
    }

    @Override
    public long horizon() {
        return runs.horizon();
    }

    @Override
    public synchronized List<RetentionPolicy.EndedRun> ended(Optional<RunId> after, long horizon) {
        Optional<Run> last = after.flatMap(runs::evenIfMarked);
        return runs.ended(horizon).stream()
                .filter(run -> last.isEmpty() || InMemoryRuns.BY_END.compare(run, last.get()) > 0)
                .limit(PAGE)
                .map(run ->
                        new RetentionPolicy.EndedRun(run.id(), run.updatedAt(), measured.getOrDefault(run.id(), 0L)))
                .toList();
    }

    @Override
    public synchronized RetentionPolicy.Kept kept() {
        List<Run> ended = runs.ended(Long.MAX_VALUE);
        return new RetentionPolicy.Kept(
                ended.size(),
                ended.stream()
                        .mapToLong(run -> measured.getOrDefault(run.id(), 0L))
                        .sum());
    }

    @Override
    public void mark(Collection<RunId> marked, Instant now) {
        runs.markRuns(marked);
    }

    @Override
    public List<Marked> marked(Optional<RunId> after) {
        return runs.markedRuns().stream()
                .filter(run ->
                        after.isEmpty() || run.value().compareTo(after.get().value()) > 0)
                .sorted((one, other) -> one.value().compareTo(other.value()))
                .limit(PAGE)
                .map(run -> new Marked(run, runs.servedBy(run)))
                .toList();
    }

    @Override
    public synchronized Removed delete(Collection<RunId> gone) {
        List<RunId> marked = runs.markedRuns().stream().filter(gone::contains).toList();
        Removed rows = runs.delete(marked);
        measured.keySet().removeAll(marked);
        return rows.and(
                new Removed(0, 0, marked.stream().mapToLong(cache::removeOf).sum()));
    }

    @Override
    public synchronized List<RunId> unmeasured(Optional<RunId> after) {
        return runs.ended(Long.MAX_VALUE).stream()
                .map(Run::id)
                .filter(run -> !measured.containsKey(run))
                .filter(run ->
                        after.isEmpty() || run.value().compareTo(after.get().value()) > 0)
                .sorted((one, other) -> one.value().compareTo(other.value()))
                .limit(PAGE)
                .toList();
    }

    @Override
    public synchronized void remember(RunId run, long bytes) {
        measured.put(run, bytes);
    }
}
