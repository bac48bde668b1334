package skillrunner.http.run;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import skillrunner.application.background.BackgroundTasks;
import skillrunner.application.run.Subscription;

/** Clients that wait for news of a run, and ask again when there is none. They hold no thread. Safe for concurrent use. */
final class LongPolls implements AutoCloseable {
    /** So often it is looked whether there is news that nobody called out. */
    private static final Duration LOOK = Duration.ofSeconds(5);

    private final BackgroundTasks background;
    /** By a key of its own for each client. */
    private final Map<Object, CompletableFuture<@Nullable Void>> waiting = new ConcurrentHashMap<>();

    private volatile boolean closed;

    LongPolls(BackgroundTasks background) {
        this.background = Objects.requireNonNull(background);
    }

    /** How many wait now. */
    int waiting() {
        return waiting.size();
    }

    /** Lets all go, and everybody who comes from now on. */
    @Override
    public void close() {
        closed = true;
        waiting.values().forEach(client -> client.complete(null));
    }

    /**
     * Waits until there is news.
     *
     * @param atMost for how long
     * @param watching begins to watch; is given what is called when there may be news
     * @param news tells whether there is any; what it throws ends the wait
     * @return complete when there is news, when the client has waited long enough, or when the server stops
     */
    CompletableFuture<@Nullable Void> await(
            Duration atMost, Function<Runnable, Subscription> watching, BooleanSupplier news) {
        CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
        Runnable look = () -> look(done, news);
        Object client = new Object();
        Subscription watch = watching.apply(() -> background.submit("long-poll", look));
        waiting.put(client, done);
        CompletableFuture<@Nullable Void> ended = done.whenComplete((nothing, failure) -> {
            waiting.remove(client);
            watch.close();
        });
        look.run();
        lookAgain(atMost, done, look);
        return ended;
    }

    private void look(CompletableFuture<@Nullable Void> done, BooleanSupplier news) {
        if (done.isDone()) {
            return;
        }
        try {
            if (closed || news.getAsBoolean()) {
                done.complete(null);
            }
        } catch (RuntimeException | Error e) {
            // Who is not let go here waits, and is counted, for ever.
            done.completeExceptionally(e);
        }
    }

    private void lookAgain(Duration left, CompletableFuture<@Nullable Void> done, Runnable look) {
        if (done.isDone()) {
            return;
        }
        if (left.compareTo(LOOK) <= 0) {
            background.submitAfter(left, "long-poll", () -> done.complete(null));
            return;
        }
        background.submitAfter(LOOK, "long-poll", () -> {
            look.run();
            lookAgain(left.minus(LOOK), done, look);
        });
    }
}
