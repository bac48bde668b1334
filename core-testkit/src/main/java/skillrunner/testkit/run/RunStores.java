package skillrunner.testkit.run;

import java.util.Objects;
import skillrunner.application.run.Attempts;
import skillrunner.application.run.RunMoves;
import skillrunner.application.run.Runs;
import skillrunner.application.run.admission.RunRequests;
import skillrunner.application.run.admission.TempRequests;
import skillrunner.application.run.cache.RunCache;
import skillrunner.application.run.interaction.Interactions;
import skillrunner.application.run.retention.RunRemovals;
import skillrunner.application.run.retention.UnservedRequests;
import skillrunner.testkit.storage.ScriptedDisk;

/**
 * The stores of runs that know each other.
 *
 * @param runs runs
 * @param requests requests that lead to runs
 * @param tempRequests requests whose skill has yet to come
 * @param interactions questions of runs
 * @param attempts attempts of runs
 * @param moves changes of status that runs have made
 * @param cache answers of runs
 * @param removals removes runs
 * @param unserved removes requests without runs
 * @param unservedTemporary removes requests whose skill never came
 */
public record RunStores(
        Runs runs,
        RunRequests requests,
        TempRequests tempRequests,
        Interactions interactions,
        Attempts attempts,
        RunMoves moves,
        RunCache cache,
        RunRemovals removals,
        UnservedRequests unserved,
        UnservedRequests unservedTemporary) {
    /** Refuses null parts. */
    public RunStores {
        Objects.requireNonNull(runs);
        Objects.requireNonNull(requests);
        Objects.requireNonNull(tempRequests);
        Objects.requireNonNull(interactions);
        Objects.requireNonNull(attempts);
        Objects.requireNonNull(moves);
        Objects.requireNonNull(cache);
        Objects.requireNonNull(removals);
        Objects.requireNonNull(unserved);
        Objects.requireNonNull(unservedTemporary);
    }

    /**
     * Stores without any content that live in memory.
     *
     * @return the stores
     */
    public static RunStores inMemory() {
        InMemoryRuns store = new InMemoryRuns();
        InMemoryRunCache cache = new InMemoryRunCache(store, new ScriptedDisk());
        return new RunStores(
                store,
                store,
                store.temporary(),
                new InMemoryInteractions(store),
                store,
                store,
                cache,
                new InMemoryRunRemovals(store, cache),
                new InMemoryUnservedRequests(store),
                store.temporary().unserved());
    }
}
