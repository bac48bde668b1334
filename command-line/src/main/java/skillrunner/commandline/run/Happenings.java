package skillrunner.commandline.run;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import skillrunner.client.RunFollower;
import skillrunner.client.RunListener;
import skillrunner.client.model.ChatEvent;
import skillrunner.client.model.Question;
import skillrunner.client.model.RunStatus;
import skillrunner.client.model.Stall;

/**
 * Follows a run aside and keeps in line what is to be dealt with. A run that writes faster than its lines are taken is not read on until
 * they are; keys and Ctrl-C come through all the same.
 */
final class Happenings implements AutoCloseable {
    private static final int MOST = 256;

    private final BlockingQueue<Happening> waiting = new LinkedBlockingQueue<>();
    private final Semaphore room = new Semaphore(MOST);

    @Nullable
    private FutureTask<Void> following;

    /** Follows a run from now on. */
    void follow(RunFollower follower, Executor background) {
        FutureTask<Void> task = new FutureTask<>(() -> {
            try {
                waiting.add(new Happening.Ended(follower.listen(new Listener())));
            } catch (IOException | RuntimeException e) {
                waiting.add(new Happening.Broken(e));
            }
            return null;
        });
        following = task;
        background.execute(task);
    }

    /** Adds what is not of the run; never waits. */
    void add(Happening happening) {
        waiting.add(Objects.requireNonNull(happening));
    }

    /** Takes what is next. */
    Happening next() throws InterruptedException {
        Happening next = waiting.take();
        if (next.isOfRun()) {
            room.release();
        }
        return next;
    }

    /** Follows no longer. */
    @Override
    public void close() {
        if (following != null) {
            following.cancel(true);
        }
    }

    private void put(Happening happening) throws InterruptedException {
        room.acquire();
        waiting.add(happening);
    }

    private final class Listener implements RunListener {
        @Override
        public void status(RunStatus status, @Nullable Stall stall) throws InterruptedException {
            put(new Happening.Moved(status.wire()));
        }

        @Override
        public void stdout(long from, String text) throws InterruptedException {
            put(new Happening.Wrote("stdout", from, text));
        }

        @Override
        public void stderr(long from, String text) throws InterruptedException {
            put(new Happening.Wrote("stderr", from, text));
        }

        @Override
        public void event(ChatEvent event) throws InterruptedException {
            put(new Happening.Told(event.seq(), event.ts().toString(), event.type(), event.data()));
        }

        @Override
        public void heartbeat(Instant at) throws InterruptedException {
            put(new Happening.Heard());
        }

        @Override
        public void reconnecting(Duration wait, IOException why) throws InterruptedException {
            put(new Happening.Lost(
                    Objects.requireNonNullElse(why.getMessage(), why.getClass().getSimpleName())));
        }

        @Override
        public boolean question(Question question) {
            waiting.add(new Happening.Asked());
            // Somebody else may answer it; the follower sees that.
            return true;
        }
    }
}
