package skillrunner.application.run;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import skillrunner.domain.run.RunId;

/**
 * Signals within one server: whoever watches a run is one of its threads. Safe for concurrent use; callbacks run in the
 * caller's thread, outside any lock.
 */
public final class SingleNodeSignals implements RunSignals {
    private final Map<RunId, Map<Object, Runnable>> watchers = new ConcurrentHashMap<>();
    private final Map<RunId, Map<Object, Runnable>> eventWatchers = new ConcurrentHashMap<>();
    private final Map<Object, Runnable> queueWatchers = new ConcurrentHashMap<>();

    /** Makes an exchange without watchers. */
    public SingleNodeSignals() {}

    @Override
    public Subscription watch(RunId run, Runnable wakeUp) {
        return watch(watchers, run, wakeUp);
    }

    @Override
    public void wake(RunId run) {
        wake(watchers, run);
    }

    @Override
    public Subscription watchEvents(RunId run, Runnable wakeUp) {
        return watch(eventWatchers, run, wakeUp);
    }

    @Override
    public void told(RunId run) {
        wake(eventWatchers, run);
    }

    private static Subscription watch(Map<RunId, Map<Object, Runnable>> watchers, RunId run, Runnable wakeUp) {
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

    private static void wake(Map<RunId, Map<Object, Runnable>> watchers, RunId run) {
        Map<Object, Runnable> present = watchers.get(run);
        if (present != null) {
            present.values().forEach(Runnable::run);
        }
    }

    @Override
    public Subscription watchQueue(Runnable wakeUp) {
        Object key = new Object();
        queueWatchers.put(key, wakeUp);
        return () -> queueWatchers.remove(key);
    }

    @Override
    public void wakeQueue() {
        queueWatchers.values().forEach(Runnable::run);
    }
}
