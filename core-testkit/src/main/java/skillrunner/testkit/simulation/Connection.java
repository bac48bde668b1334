package skillrunner.testkit.simulation;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import skillrunner.domain.problem.RefusedException;

/** How a client asks the server, which may be gone, refuse, fail or die meanwhile. */
final class Connection {
    private final Scheduler scheduler;
    private final World world;
    private final String who;

    Connection(Scheduler scheduler, World world, String who) {
        this.scheduler = scheduler;
        this.world = world;
        this.who = who;
    }

    /** What came of a question. */
    enum Reply {
        /** There is an answer. */
        ANSWERED,
        /** The server said no and has done nothing. */
        REFUSED,
        /** There was no server. */
        UNSENT,
        /** The server failed or died meanwhile, or the client went away: it may have done what was asked. */
        LOST
    }

    /** A question to the server. */
    @FunctionalInterface
    interface Question<T> {
        T to(Premises server) throws IOException, InterruptedException;
    }

    record Asked<T>(Reply reply, @Nullable T answer, @Nullable RefusedException refusal) {
        Asked(Reply reply, @Nullable T answer) {
            this(reply, answer, null);
        }
    }

    <T> Asked<T> ask(Question<T> question) {
        Optional<Premises> server = world.server();
        if (server.isEmpty()) {
            return new Asked<>(Reply.UNSENT, null);
        }
        AtomicReference<T> answer = new AtomicReference<>();
        AtomicReference<Exception> broken = new AtomicReference<>();
        try {
            scheduler.within(world.life(), () -> {
                try {
                    answer.set(question.to(server.get()));
                } catch (IOException | InterruptedException e) {
                    broken.set(e);
                }
            });
            if (broken.get() == null) {
                return new Asked<>(Reply.ANSWERED, answer.get());
            }
            world.trace(who + " breaks off");
        } catch (RefusedException e) {
            world.trace(who + " is refused: " + e.getMessage());
            return new Asked<>(Reply.REFUSED, null, e);
        } catch (ServerDied e) {
            world.trace(who + " loses the connection");
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
            world.trace(who + " meets " + e);
        }
        return new Asked<>(Reply.LOST, null);
    }
}
