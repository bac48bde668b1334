package skillrunner.application.background;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Work on another thread whose result somebody asks for now and then, so that he can do other things meanwhile and give the
 * work up if it takes too long. Safe for concurrent use.
 *
 * @param <T> what the work comes to
 */
public final class Errand<T> {
    private final Callable<T> work;
    private final Runnable done;
    private @Nullable Thread worker;
    private @Nullable Outcome<T> outcome;
    private boolean abandoned;

    private record Outcome<T>(@Nullable T result, @Nullable Throwable failure) {}

    private Errand(Callable<T> work, Runnable done) {
        this.work = work;
        this.done = done;
    }

    /**
     * Starts an errand.
     *
     * @param tasks gives the thread
     * @param name shown in thread dumps
     * @param work the work; what it throws is thrown by {@link #result}, errors as well
     * @param done called when the result is there, on the other thread
     * @param <T> what the work comes to
     * @return the errand
     */
    public static <T> Errand<T> start(BackgroundTasks tasks, String name, Callable<T> work, Runnable done) {
        Errand<T> errand = new Errand<>(work, done);
        tasks.submit(name, errand::carryOut);
        return errand;
    }

    private void carryOut() {
        synchronized (this) {
            if (abandoned) {
                return;
            }
            worker = Thread.currentThread();
        }
        Outcome<T> reached;
        try {
            reached = new Outcome<>(work.call(), null);
        } catch (Throwable e) {
            reached = new Outcome<>(null, e);
        }
        synchronized (this) {
            worker = null;
            outcome = reached;
            // An interrupt that came too late must not meet the thread's next work.
            if (abandoned) {
                Thread.interrupted();
            }
        }
        done.run();
    }

    /**
     * Asks for the result.
     *
     * @return the result, or empty while the work goes on
     * @throws RuntimeException what the work threw
     * @throws Error what the work threw
     */
    public Optional<T> result() {
        Outcome<T> reached;
        synchronized (this) {
            reached = outcome;
        }
        if (reached == null) {
            return Optional.empty();
        }
        if (reached.failure() instanceof RuntimeException thrown) {
            throw thrown;
        }
        if (reached.failure() instanceof Error thrown) {
            throw thrown;
        }
        if (reached.failure() != null) {
            throw new IllegalStateException("an errand failed", reached.failure());
        }
        return Optional.ofNullable(reached.result());
    }

    /** Gives the work up: its thread is interrupted, and what it still comes to is of no interest. */
    public synchronized void abandon() {
        abandoned = true;
        if (worker != null) {
            worker.interrupt();
        }
    }
}
