package skillrunner.client;

import java.net.http.HttpClient;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/**
 * The threads of one of the JDK's clients. Until Java 21 it has no word for its end: its threads go when the garbage collector has found that
 * nobody has the client any more, and a process that wants to end waits for the one that waits for the network. All of them are in a group of
 * their own here, so that they can be told.
 */
final class HttpThreads implements AutoCloseable {
    private final ThreadGroup group = new ThreadGroup("skill-runner-client");

    /** Makes a client whose threads are these. */
    HttpClient build(HttpClient.Builder builder) {
        // What makes threads passes its own group on to them.
        FutureTask<HttpClient> made = new FutureTask<>(builder::build);
        new Thread(group, made, "skill-runner-client").start();
        return taken(made);
    }

    private static HttpClient taken(Future<HttpClient> made) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return made.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw new IllegalStateException(e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Ends them, and the connections with them. */
    @Override
    public void close() {
        group.interrupt();
    }
}
