package skillrunner.client;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Follows one run to its end, whatever happens to connections and servers meanwhile. After a cut it asks for what is missing, so that
 * every byte and every event is told once. At the end it proves by the receipt that everything arrived.
 *
 * <p>The methods that begin with {@code with} return another follower; each {@link #listen} is a journey of its own, and may be made on
 * any thread.
 */
public final class RunFollower {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Transport transport;
    private final String requestId;
    private final boolean output;
    private final boolean events;
    private final Position from;
    private final Duration patience;

    RunFollower(Transport transport, String requestId) {
        this(transport, requestId, true, false, Position.START, PATIENCE);
    }

    private RunFollower(
            Transport transport, String requestId, boolean output, boolean events, Position from, Duration patience) {
        this.transport = transport;
        this.requestId = Objects.requireNonNull(requestId);
        this.output = output;
        this.events = events;
        this.from = Objects.requireNonNull(from);
        this.patience = Objects.requireNonNull(patience);
    }

    /**
     * Also tells what a front end shows.
     *
     * @return another follower
     */
    public RunFollower withEvents() {
        return new RunFollower(transport, requestId, output, true, from, patience);
    }

    /**
     * Does not tell the outputs; there is no proof then.
     *
     * @return another follower
     */
    public RunFollower withoutOutput() {
        return new RunFollower(transport, requestId, false, events, from, patience);
    }

    /**
     * Begins somewhere else than at the beginning.
     *
     * @param position where, such as where another follower ended
     * @return another follower
     */
    public RunFollower from(Position position) {
        return new RunFollower(transport, requestId, output, events, position, patience);
    }

    /**
     * Says how long it is tried again while nothing is heard of the server; five minutes.
     *
     * @param given the time
     * @return another follower
     */
    public RunFollower patience(Duration given) {
        return new RunFollower(transport, requestId, output, events, from, given);
    }

    /**
     * Follows the run, and returns when it has ended, or when the listener does not wait for the decision of a question.
     *
     * @param listener is told on this thread
     * @return how it ended
     * @throws ProblemException if the server refuses: there is no such run (any more), or no access
     * @throws UnexpectedAnswerException if what answers is no Skill Runner, or left something out
     * @throws IOException if nothing is heard for longer than the patience, or from the listener
     * @throws InterruptedException if the thread is interrupted
     */
    public RunEnd listen(RunListener listener) throws IOException, InterruptedException {
        Journey journey = new Journey(transport, requestId, listener, output, events, from);
        Patience left = new Patience(patience);
        while (true) {
            IOException why;
            try {
                RunEnd end = journey.ride(left);
                if (end != null) {
                    return end;
                }
                why = new EOFException("the stream ended before the run");
            } catch (Journey.ListenerFailure failure) {
                throw failure.rethrown();
            } catch (InterruptedIOException e) {
                if (Thread.interrupted()) {
                    throw (InterruptedException) new InterruptedException("interrupted while following").initCause(e);
                }
                why = e;
            } catch (IOException e) {
                why = e;
            }
            pause(journey, left, why, listener);
        }
    }

    private static void pause(Journey journey, Patience left, IOException why, RunListener listener)
            throws IOException, InterruptedException {
        @Nullable Duration quietly = journey.waitsForDecision();
        Duration wait = quietly != null ? quietly : left.after(why);
        if (quietly == null) {
            listener.reconnecting(wait, why);
        }
        TimeUnit.MILLISECONDS.sleep(wait.toMillis());
    }
}
