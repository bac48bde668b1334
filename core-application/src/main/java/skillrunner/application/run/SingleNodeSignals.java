package skillrunner.application.run;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import skillrunner.domain.run.RunId;

/**
 * Signals within one server: whoever watches a run is one of its threads. Safe for concurrent use; callbacks run in the
 * caller's thread, outside any lock.
 */
public final class SingleNodeSignals implements RunSignals {
    private final Map<RunId, Map<Object, Watcher>> watchers = new ConcurrentHashMap<>();
    private final Map<RunId, Map<Object, Runnable>> eventWatchers = new ConcurrentHashMap<>();
    private final Map<Object, Runnable> queueWatchers = new ConcurrentHashMap<>();

    private record Watcher(Runnable wakeUp, Runnable written) {}

    /** Makes an exchange without watchers. */
    public SingleNodeSignals() {}

    @Override
    public Subscription watch(RunId run, Runnable wakeUp, Runnable written) {
        return watch(watchers, run, new Watcher(wakeUp, written));
    }

    @Override
    public void wake(RunId run) {
        wake(watchers, run, Watcher::wakeUp);
    }

    @Override
    public void written(RunId run) {
        wake(watchers, run, Watcher::written);
    }

    @Override
    public Subscription watchEvents(RunId run, Runnable wakeUp) {
        return watch(eventWatchers, run, wakeUp);
    }

    @Override
    public void told(RunId run) {
        wake(eventWatchers, run, wakeUp -> wakeUp);
    }

    private static <W> Subscription watch(Map<RunId, Map<Object, W>> watchers, RunId run, W watcher) {
        Object key = new Object();
        watchers.compute(run, (id, present) -> {
            Map<Object, W> map = present == null ? new ConcurrentHashMap<>() : present;
            map.put(key, watcher);
            return map;
        });
        return () -> watchers.computeIfPresent(run, (id, present) -> {
            present.remove(key);
            return present.isEmpty() ? null : present;
        });
    }

    private static <W> void wake(Map<RunId, Map<Object, W>> watchers, RunId run, Function<W, Runnable> call) {
        Map<Object, W> present = watchers.get(run);
        if (present != null) {
            present.values().forEach(watcher -> call.apply(watcher).run());
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
