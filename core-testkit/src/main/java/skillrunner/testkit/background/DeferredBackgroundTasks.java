package skillrunner.testkit.background;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import skillrunner.application.background.BackgroundTasks;

/**
 * Keeps tasks until a test runs them, on the test's own thread and in the order in which they came. Delayed tasks wait
 * apart. Safe for concurrent use.
 */
public final class DeferredBackgroundTasks implements BackgroundTasks {
    /**
     * A task that waits.
     *
     * @param name its name
     * @param delay how much later it is to run; zero for at once
     * @param work the work
     */
    public record Task(String name, Duration delay, Runnable work) {}

    private final Deque<Task> ready = new ArrayDeque<>();
    private final Deque<Task> delayed = new ArrayDeque<>();

    @Override
    public synchronized void submit(String name, Runnable task) {
        ready.add(new Task(name, Duration.ZERO, task));
    }

    @Override
    public synchronized void submitAfter(Duration delay, String name, Runnable task) {
        delayed.add(new Task(name, delay, task));
    }

    /** Runs the oldest task that is not delayed. @return false if there was none */
    public boolean runNext() {
        Task task;
        synchronized (this) {
            task = ready.poll();
        }
        if (task == null) {
            return false;
        }
        task.work().run();
        return true;
    }

    /** Runs tasks that are not delayed, also those that come meanwhile, until none is left. */
    public void runAll() {
        boolean more = true;
        while (more) {
            more = runNext();
        }
    }

    /** Makes the delayed tasks of this moment ready, then runs everything that is. */
    public void runDelayed() {
        synchronized (this) {
            ready.addAll(delayed);
            delayed.clear();
        }
        runAll();
    }

    /**
     * Returns the names of the tasks that wait, delayed or not.
     *
     * @return the names, those without delay first
     */
    public synchronized List<String> names() {
        List<String> names = new ArrayList<>();
        ready.forEach(task -> names.add(task.name()));
        delayed.forEach(task -> names.add(task.name()));
        return names;
    }

    /**
     * Returns the delayed tasks.
     *
     * @return the tasks, oldest first
     */
    public synchronized List<Task> delayed() {
        return List.copyOf(delayed);
    }
}
