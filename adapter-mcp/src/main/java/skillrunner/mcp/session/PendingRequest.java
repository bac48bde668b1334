package skillrunner.mcp.session;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A request that is not answered yet, as the client may take it back. Safe for concurrent use. */
public final class PendingRequest {
    /** Under this name a request's handler finds it. */
    public static final String KEY = "skillrunner.request";

    private enum State {
        OPEN,
        CANCELED,
        LEFT,
        ANSWERED
    }

    /** What is done for a request that ends before its answer. */
    public interface Ending {
        /** The client takes the request back. */
        void canceled();

        /** Nobody waits for the answer any more. */
        void left();
    }

    private State state = State.OPEN;
    private @Nullable Ending ending;

    /** A request that has just come. */
    public PendingRequest() {}

    /**
     * Says what is done at the end; at once if it has come already.
     *
     * @param how what
     */
    public void onEnd(Ending how) {
        State reached;
        synchronized (this) {
            ending = Objects.requireNonNull(how);
            reached = state;
        }
        tell(how, reached);
    }

    /** The client takes it back. */
    void cancel() {
        end(State.CANCELED);
    }

    /** Its session is over. */
    void leave() {
        end(State.LEFT);
    }

    /** It is answered. */
    void answered() {
        end(State.ANSWERED);
    }

    private void end(State how) {
        Ending told;
        synchronized (this) {
            if (state != State.OPEN) {
                return;
            }
            state = how;
            told = ending;
        }
        if (told != null) {
            tell(told, how);
        }
    }

    private static void tell(Ending ending, State state) {
        switch (state) {
            case CANCELED -> ending.canceled();
            case LEFT -> ending.left();
            case OPEN, ANSWERED -> {
                // nothing ended before its answer
            }
        }
    }
}
