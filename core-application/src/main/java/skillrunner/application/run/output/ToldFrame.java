package skillrunner.application.run.output;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A frame with the place behind it. Everybody who is told the same of a run is given the same instance, so that what is sent of it is
 * made once. Safe for concurrent use.
 */
public final class ToldFrame {
    private final StreamFrame frame;
    private final long stdout;
    private final long stderr;
    private final Optional<Long> cursor;
    private volatile byte @Nullable [] form;

    ToldFrame(StreamFrame frame, long stdout, long stderr, Optional<Long> cursor) {
        this.frame = Objects.requireNonNull(frame);
        this.stdout = stdout;
        this.stderr = stderr;
        this.cursor = Objects.requireNonNull(cursor);
    }

    /**
     * Returns what is told.
     *
     * @return the frame
     */
    public StreamFrame frame() {
        return frame;
    }

    /**
     * Returns what a client sends to go on behind this frame.
     *
     * @return offset in stdout, in bytes
     */
    public long stdout() {
        return stdout;
    }

    /**
     * Returns what a client sends to go on behind this frame.
     *
     * @return offset in stderr, in bytes
     */
    public long stderr() {
        return stderr;
    }

    /**
     * Returns what a client sends to go on behind this frame.
     *
     * @return number of the last event; empty if no events are wanted
     */
    public Optional<Long> cursor() {
        return cursor;
    }

    /**
     * Returns the frame as it is sent. Who asks first has it made; two at once may both.
     *
     * @param making makes it, in the one form in which frames are sent
     * @return not to be changed
     */
    public byte[] form(Function<ToldFrame, byte[]> making) {
        byte[] made = form;
        if (made == null) {
            made = making.apply(this);
            form = made;
        }
        return made;
    }
}
