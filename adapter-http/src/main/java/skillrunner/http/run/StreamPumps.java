package skillrunner.http.run;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skillrunner.application.background.BackgroundTasks;

/**
 * The few threads that send what there is to all clients, one after another: as many as the processors can use, for sending never waits
 * for a client. News goes before what can wait: a long backlog, and what only breaks a silence. Safe for concurrent use.
 */
final class StreamPumps {
    /** Two more than processors, since reading a file may wait for the disk. */
    private static final int MOST = Runtime.getRuntime().availableProcessors() + 2;

    /** However much news there is, one turn of so many is for what can wait. */
    private static final int TURNS = 8;

    private static final Logger LOG = LoggerFactory.getLogger(StreamPumps.class);

    private final BackgroundTasks background;
    private final Queue<Runnable> news = new ConcurrentLinkedQueue<>();
    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger working = new AtomicInteger();
    private final AtomicInteger turns = new AtomicInteger();

    StreamPumps(BackgroundTasks background) {
        this.background = background;
    }

    /** Soon runs what sends something that a client waits for. */
    void news(Runnable sending) {
        news.add(sending);
        call();
    }

    /** Runs what can wait for others: in the order in which it came, so that nobody with a long backlog keeps a client silent. */
    void later(Runnable sending) {
        waiting.add(sending);
        call();
    }

    private void call() {
        int present = working.get();
        while (present < MOST) {
            if (working.compareAndSet(present, present + 1)) {
                begin();
                return;
            }
            present = working.get();
        }
    }

    /** Without a thread everything stays in line for the next one who calls, at a heartbeat at the latest. */
    private void begin() {
        boolean begun = false;
        try {
            background.submit("sse", this::work);
            begun = true;
        } catch (RuntimeException | OutOfMemoryError e) {
            LOG.error("no thread can be had to send to those who follow runs", e);
        } finally {
            if (!begun) {
                working.decrementAndGet();
            }
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
            if (!done || !news.isEmpty() || !waiting.isEmpty()) {
                call();
            }
        }
    }

    private @Nullable Runnable next() {
        boolean patient = (turns.incrementAndGet() & (TURNS - 1)) == 0;
        Runnable next = patient ? waiting.poll() : news.poll();
        return next != null ? next : patient ? news.poll() : waiting.poll();
    }
}
