package skillrunner.application.run;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import skillrunner.domain.run.RunId;

/**
 * Tells whoever watches a run that something may have changed. A signal is only a hint and carries nothing: whoever gets
 * it looks for itself. Safe for concurrent use; callbacks run in the caller's thread, outside any lock.
 */
public final class RunSignals {
    private final Map<RunId, Map<Object, Runnable>> watchers = new ConcurrentHashMap<>();

    /** Makes an exchange without watchers. */
    public RunSignals() {}

    /**
     * Begins to watch a run. To miss nothing, look at the run after this returns.
     *
     * @param run the run
     * @param wakeUp called often, from any thread; must be quick
     * @return ends the watch
     */
    public Subscription watch(RunId run, Runnable wakeUp) {
        Object key = new Object();
        watchers.compute(run, (id, present) -> {
            Map<Object, Runnable> map = present == null ? new ConcurrentHashMap<>() : present;
            map.put(key, wakeUp);
            return map;
        });
        return () -> watchers.computeIfPresent(run, (id, present) -> {
            present.remove(key);
            return present.isEmpty() ? null : present;
        });
    }

    /**
     * Wakes everybody who watches a run.
     *
     * @param run the run
     */
    public void wake(RunId run) {
        Map<Object, Runnable> present = watchers.get(run);
        if (present != null) {
            present.values().forEach(Runnable::run);
        }
    }
}
