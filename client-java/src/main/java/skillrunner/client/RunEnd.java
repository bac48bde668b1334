package skillrunner.client;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import skillrunner.client.model.Receipt;
import skillrunner.client.model.RunStatus;

/**
 * Why following a run ended.
 *
 * @param reason why
 * @param status how the run stands
 * @param errorCode why it failed, as the server calls it; null if it did not
 * @param receipt the receipt of its last process, if it had one
 * @param proof what the receipt says about what arrived
 * @param doubt a sentence for people, if the proof is {@link Proof#MISMATCH}
 * @param position how much was followed; another follower may go on there
 */
public record RunEnd(
        Reason reason,
        RunStatus status,
        @Nullable String errorCode,
        @Nullable Receipt receipt,
        Proof proof,
        @Nullable String doubt,
        Position position) {
    /** Why following ends. */
    public enum Reason {
        /** The run has ended, and everything of it has been told. */
        TERMINAL,

        /** The run asks something, and the listener does not wait until that is decided. */
        QUESTION
    }

    public RunEnd {
        Objects.requireNonNull(reason);
        Objects.requireNonNull(status);
        Objects.requireNonNull(proof);
        Objects.requireNonNull(position);
    }
}
