package skillrunner.process.console;

import java.time.Duration;

/** A thread that waits in the kernel, and ends by itself. */
final class ConsoleThread {
    private final Thread thread;

    ConsoleThread(String name, Runnable work) {
        this.thread = new Thread(work, name);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Waits for its end. @return whether it came */
    boolean endsWithin(Duration patience) {
        try {
            thread.join(patience.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }
}
