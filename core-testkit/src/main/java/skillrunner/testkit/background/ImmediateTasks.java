package skillrunner.testkit.background;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import skillrunner.application.background.BackgroundTasks;

/**
 * Carries each task out at once on the thread that submits it, so that a test sees one order of things. Tasks of a kind can
 * be held, as if they took for ever. Safe for concurrent use.
 */
public final class ImmediateTasks implements BackgroundTasks {
    private final Set<String> held = new HashSet<>();
    private final Deque<Runnable> waiting = new ArrayDeque<>();

    /** Makes one that holds nothing. */
    public ImmediateTasks() {}

    /**
     * Holds tasks from now on.
     *
     * @param kind how the names of the tasks begin
     */
    public synchronized void hold(String kind) {
        held.add(kind);
    }

    /** Carries out what was held, and holds nothing any more. */
    public void release() {
        Deque<Runnable> due;
        synchronized (this) {
            held.clear();
            due = new ArrayDeque<>(waiting);
            waiting.clear();
        }
        due.forEach(Runnable::run);
    }

    @Override
    public void submit(String name, Runnable task) {
        synchronized (this) {
            if (held.stream().anyMatch(name::startsWith)) {
                waiting.add(task);
                return;
            }
        }
        task.run();
    }

    @Override
    public void submitAfter(Duration delay, String name, Runnable task) {
        submit(name, task);
    }
}
