package skillrunner.engines.output;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.function.Consumer;
import skillrunner.domain.output.EngineEvent;
import skillrunner.domain.output.OutputRange;

/** Tells lines as they are, for a stream or a line that an engine gives no form to. */
public final class RawLines implements OutputLines.Sink {
    private final Consumer<? super EngineEvent> events;

    public RawLines(Consumer<? super EngineEvent> events) {
        this.events = Objects.requireNonNull(events);
    }

    @Override
    public void line(byte[] bytes, int offset, int length, OutputRange at) {
        whole(bytes, offset, length, at, EngineEvent.Raw.Sort.TEXT);
    }

    @Override
    public boolean mayHoldAnswer(byte[] bytes, int offset, int length) {
        return false;
    }

    @Override
    public void beginningOfLongLine(byte[] bytes, int offset, int length, OutputRange at) {
        beginning(bytes, offset, length, at, EngineEvent.Raw.Sort.TEXT);
    }

    /**
     * Tells a line; of one that is longer than {@link OutputLines#MAX_LINE} its beginning.
     *
     * @param bytes holds the line
     * @param offset where it begins
     * @param length its length in bytes
     * @param at its range
     * @param sort what it is
     */
    public void whole(byte[] bytes, int offset, int length, OutputRange at, EngineEvent.Raw.Sort sort) {
        if (length > OutputLines.MAX_LINE) {
            beginning(bytes, offset, OutputLines.MAX_LINE, at, sort);
        } else {
            events.accept(new EngineEvent.Raw(at, text(bytes, offset, length), true, sort));
        }
    }

    /**
     * Tells the beginning of a line.
     *
     * @param bytes holds the beginning
     * @param offset where it begins
     * @param length its length in bytes
     * @param at the whole line's range
     * @param sort what it is
     */
    public void beginning(byte[] bytes, int offset, int length, OutputRange at, EngineEvent.Raw.Sort sort) {
        events.accept(new EngineEvent.Raw(at, text(bytes, offset, length), false, sort));
    }

    private static String text(byte[] bytes, int offset, int length) {
        return new String(bytes, offset, length, StandardCharsets.UTF_8);
    }
}
