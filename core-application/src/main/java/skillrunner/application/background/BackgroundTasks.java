package skillrunner.application.background;

import java.time.Duration;

/** Runs work on other threads. Implementations are safe for concurrent use. */
public interface BackgroundTasks {
    /**
     * Starts a task at once on a thread of its own; it may block. An exception that leaves the task is logged, no more.
     *
     * @param name shown in thread dumps and logs
     * @param task the work
     */
    void submit(String name, Runnable task);

    /**
     * Starts a task later, as {@link #submit} does.
     *
     * @param delay how much later, at least
     * @param name shown in thread dumps and logs
     * @param task the work
     */
    void submitAfter(Duration delay, String name, Runnable task);

    /**
     * Makes a bell on which a task of these can wait.
     *
     * @return a bell that has not rung
     */
    default Bell bell() {
        return new LockBell();
    }
}
