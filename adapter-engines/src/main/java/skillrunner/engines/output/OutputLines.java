package skillrunner.engines.output;

import java.util.Arrays;
import java.util.Objects;
import skillrunner.domain.output.OutputRange;
import skillrunner.domain.run.OutputCandidates;
import skillrunner.domain.run.OutputStreamKind;

/**
 * Cuts a stream into lines at LF and CR. Blank lines are left out, so of CRLF the LF belongs to no line. Keeps at most one
 * line, and of a line that is too long only its beginning. Not safe for concurrent use.
 */
public final class OutputLines implements StreamReader {
    /** Longer lines are not handed out whole unless they may hold a part of the answer, in bytes. */
    public static final int MAX_LINE = 1 << 20;

    /** Longer lines are never handed out whole, in bytes: room for the longest answer with every character escaped. */
    public static final int MAX_ANSWER_LINE = 2 * OutputCandidates.MOST_CHARACTERS + MAX_LINE;

    private static final int USUAL = 8 << 10;
    private static final byte[] NOTHING = {};

    /** Takes the lines. The array is only lent. */
    public interface Sink {
        /**
         * Takes a whole line, without its end.
         *
         * @param bytes holds the line
         * @param offset where it begins
         * @param length its length in bytes, at least 1
         * @param at its range in the stream, with its end
         */
        void line(byte[] bytes, int offset, int length, OutputRange at);

        /**
         * Tells whether a line is worth more than {@link #MAX_LINE} bytes, for it may hold a part of the answer.
         *
         * @param bytes holds the first bytes of the line
         * @param offset where they begin
         * @param length how many there are
         * @return false if only its beginning matters
         */
        boolean mayHoldAnswer(byte[] bytes, int offset, int length);

        /**
         * Takes a line that is too long: its first {@link #MAX_LINE} bytes.
         *
         * @param bytes holds them
         * @param offset where they begin
         * @param length how many there are
         * @param at the whole line's range in the stream, with its end
         */
        void beginningOfLongLine(byte[] bytes, int offset, int length, OutputRange at);
    }

    private final OutputStreamKind stream;
    private final Sink sink;
    private byte[] kept = NOTHING;
    private int keptLength;
    private int limit = MAX_LINE;
    private boolean asked;
    private long lineStart;
    /** Bytes of the line that came with earlier calls, kept or not. */
    private long earlier;

    public OutputLines(OutputStreamKind stream, long from, Sink sink) {
        this.stream = Objects.requireNonNull(stream);
        this.lineStart = from;
        this.sink = Objects.requireNonNull(sink);
    }

    @Override
    public void feed(byte[] bytes, int length) {
        int start = 0;
        for (int end = LineEnds.next(bytes, 0, length); end < length; end = LineEnds.next(bytes, start, length)) {
            end(bytes, start, end - start, 1);
            start = end + 1;
        }
        keep(bytes, start, length - start);
        earlier += length - start;
    }

    /** {@inheritDoc} Hands out a last line that has no end. */
    @Override
    public void finish() {
        end(kept, 0, 0, 0);
    }

    @Override
    public long position() {
        return lineStart;
    }

    private void end(byte[] bytes, int offset, int length, int ending) {
        long lineLength = earlier + length;
        long from = lineStart;
        lineStart += lineLength + ending;
        if (lineLength == 0) {
            return;
        }
        OutputRange at = new OutputRange(stream, from, lineStart);
        if (earlier == 0 && length <= MAX_LINE) {
            sink.line(bytes, offset, length, at);
            return;
        }
        keep(bytes, offset, length);
        if (keptLength == lineLength) {
            sink.line(kept, 0, keptLength, at);
        } else {
            sink.beginningOfLongLine(kept, 0, MAX_LINE, at);
        }
        earlier = 0;
        keptLength = 0;
        limit = MAX_LINE;
        asked = false;
        if (kept.length > USUAL) {
            kept = NOTHING;
        }
    }

    private void keep(byte[] bytes, int offset, int length) {
        int room = Math.min(length, limit - keptLength);
        append(bytes, offset, room);
        if (room < length && !asked) {
            asked = true;
            limit = sink.mayHoldAnswer(kept, 0, keptLength) ? MAX_ANSWER_LINE : MAX_LINE;
            keep(bytes, offset + room, length - room);
        }
    }

    private void append(byte[] bytes, int offset, int length) {
        if (keptLength + length > kept.length) {
            int wanted = Math.max(keptLength + length, Math.max(kept.length * 2, USUAL));
            kept = Arrays.copyOf(kept, Math.min(limit, wanted));
        }
        System.arraycopy(bytes, offset, kept, keptLength, length);
        keptLength += length;
    }
}
