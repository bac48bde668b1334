package skillrunner.testkit.background;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import skillrunner.application.background.BackgroundTasks;

/** A daemon thread for each task; delayed ones wait until a test runs them, on its own thread. Safe for concurrent use. */
public final class OwnThreads implements BackgroundTasks {
    private final List<Runnable> delayed = new ArrayList<>();

    /** Nothing waits. */
    public OwnThreads() {}

    @Override
    public void submit(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public synchronized void submitAfter(Duration delay, String name, Runnable task) {
        delayed.add(task);
    }

    /** Runs the delayed tasks of this moment. */
    public void runDelayed() {
        List<Runnable> due;
        synchronized (this) {
            due = List.copyOf(delayed);
            delayed.clear();
        }
        due.forEach(Runnable::run);
    }

    /** Returns how many tasks wait. */
    public synchronized int waiting() {
        return delayed.size();
    }
}
