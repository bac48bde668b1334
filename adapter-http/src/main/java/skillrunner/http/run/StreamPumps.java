package skillrunner.http.run;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import skillrunner.application.background.BackgroundTasks;

/**
 * The few threads that send what there is to all clients, one after another: as many as the processors can use, for sending never waits
 * for a client. News goes before what only breaks a silence. Safe for concurrent use.
 */
final class StreamPumps {
    /** Two more than processors, since reading a file may wait for the disk. */
    private static final int MOST = Runtime.getRuntime().availableProcessors() + 2;

    private final BackgroundTasks background;
    private final Queue<Runnable> news = new ConcurrentLinkedQueue<>();
    private final Queue<Runnable> beats = new ConcurrentLinkedQueue<>();
    private final AtomicInteger working = new AtomicInteger();

    StreamPumps(BackgroundTasks background) {
        this.background = background;
    }

    /** Soon runs what sends something that a client waits for. */
    void news(Runnable sending) {
        news.add(sending);
        call();
    }

    /** Runs what can wait until there is no news. */
    void beat(Runnable sending) {
        beats.add(sending);
        call();
    }

    private void call() {
        int present = working.get();
        while (present < MOST) {
            if (working.compareAndSet(present, present + 1)) {
                background.submit("sse", this::work);
                return;
            }
            present = working.get();
        }
    }

    private void work() {
        boolean done = false;
        try {
            for (Runnable next = next(); next != null; next = next()) {
                next.run();
            }
            done = true;
        } finally {
            working.decrementAndGet();
            // What came while this one was leaving, or is left because it broke, is somebody else's.
            if (!done || !news.isEmpty() || !beats.isEmpty()) {
                call();
            }
        }
    }

    private @Nullable Runnable next() {
        Runnable next = news.poll();
        return next == null ? beats.poll() : next;
    }
}
