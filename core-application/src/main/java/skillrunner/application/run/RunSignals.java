package skillrunner.application.run;

import skillrunner.domain.run.RunId;

/**
 * Tells whoever watches a run, or the queue, that something may have changed: where several servers share runs, also those
 * who watch on another one. A signal is only a hint and carries nothing: whoever gets it looks for itself, and whoever gets
 * none looks after a while. Safe for concurrent use.
 */
public interface RunSignals {
    /**
     * Begins to watch a run. To miss nothing, look at the run after this returns.
     *
     * @param run the run
     * @param wakeUp called often, from any thread; must be quick
     * @return ends the watch
     */
    default Subscription watch(RunId run, Runnable wakeUp) {
        return watch(run, wakeUp, wakeUp);
    }

    /**
     * Begins to watch a run. To miss nothing, look at the run after this returns.
     *
     * @param run the run
     * @param wakeUp called often, from any thread; must be quick
     * @param written called in its place when nothing but the files of its processes has changed
     * @return ends the watch
     */
    Subscription watch(RunId run, Runnable wakeUp, Runnable written);

    /**
     * Begins to watch for events of a run, besides what else may change. To miss nothing, look at them after this returns.
     *
     * @param run the run
     * @param wakeUp called often, from any thread, when events were told of the run; must be quick
     * @return ends the watch
     */
    Subscription watchEvents(RunId run, Runnable wakeUp);

    /**
     * Wakes those who watch for events of a run. What they tell has changed before, and woke whoever carries the run out and
     * whoever reads its output then.
     *
     * @param run a run whose journal has grown
     */
    void told(RunId run);

    /**
     * Wakes everybody who watches a run, and tells that its processes have written.
     *
     * @param run a run whose processes have written
     */
    void written(RunId run);

    /**
     * Wakes everybody who watches a run: whoever carries it out, and whoever follows it.
     *
     * @param run a run that has changed, or is wished to end
     */
    void wake(RunId run);

    /**
     * Begins to watch the queue. To miss nothing, look at the queue after this returns.
     *
     * @param wakeUp called from any thread after runs were queued; must not throw
     * @return ends the watch
     */
    Subscription watchQueue(Runnable wakeUp);

    /** Wakes everybody who could give a slot to a run that was queued. */
    void wakeQueue();
}
