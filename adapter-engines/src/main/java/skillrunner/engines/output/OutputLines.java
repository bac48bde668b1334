package skillrunner.engines.output;

import java.util.Arrays;
import skillrunner.domain.run.OutputCandidates;

/**
 * Cuts a byte stream into lines at LF and CR. Blank lines are left out. Keeps at most one line, and of a line that is
 * too long only its beginning. Not safe for concurrent use.
 */
public final class OutputLines {
    /** Longer lines are not handed out whole unless they may hold a part of the answer, in bytes. */
    public static final int MAX_LINE = 1 << 20;

    /** Longer lines are never handed out whole, in bytes: room for the longest answer with every character escaped. */
    public static final int MAX_ANSWER_LINE = 2 * OutputCandidates.MOST_CHARACTERS + MAX_LINE;

    private static final int USUAL = 8 << 10;

    /** Takes the lines. The array is only lent. */
    public interface Sink {
        /**
         * Takes a whole line, without its end.
         *
         * @param bytes holds the line
         * @param offset where it begins
         * @param length its length in bytes, at least 1
         */
        void line(byte[] bytes, int offset, int length);

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
         * Takes the beginning of a line that is too long: its first {@link #MAX_LINE} bytes at least.
         *
         * @param bytes holds them
         * @param offset where they begin
         * @param length how many there are
         */
        void beginningOfLongLine(byte[] bytes, int offset, int length);
    }

    private final Sink sink;
    private byte[] kept = new byte[USUAL];
    private int keptLength;
    private int limit = MAX_LINE;
    private boolean skipping;

    /**
     * Takes its collaborator.
     *
     * @param sink gets the lines, in order, on the feeding thread
     */
    public OutputLines(Sink sink) {
        this.sink = sink;
    }

    /**
     * Takes the next bytes. The cut may fall anywhere.
     *
     * @param bytes holds them
     * @param length how many of them count
     */
    public void feed(byte[] bytes, int length) {
        int start = 0;
        for (int i = 0; i < length; i++) {
            byte b = bytes[i];
            if (b == '\n' || b == '\r') {
                end(bytes, start, i - start);
                start = i + 1;
            }
        }
        keep(bytes, start, length - start);
    }

    /** Hands out a last line that has no end. */
    public void finish() {
        end(kept, 0, 0);
    }

    private void end(byte[] bytes, int offset, int length) {
        if (keptLength == 0 && !skipping && length <= MAX_LINE) {
            if (length > 0) {
                sink.line(bytes, offset, length);
            }
            return;
        }
        keep(bytes, offset, length);
        if (!skipping) {
            sink.line(kept, 0, keptLength);
        }
        skipping = false;
        keptLength = 0;
        limit = MAX_LINE;
        if (kept.length > USUAL) {
            kept = new byte[USUAL];
        }
    }

    private void keep(byte[] bytes, int offset, int length) {
        if (skipping || length == 0) {
            return;
        }
        int room = Math.min(length, limit - keptLength);
        append(bytes, offset, room);
        if (room == length) {
            return;
        }
        if (limit == MAX_LINE && sink.mayHoldAnswer(kept, 0, keptLength)) {
            limit = MAX_ANSWER_LINE;
            keep(bytes, offset + room, length - room);
        } else {
            skipping = true;
            sink.beginningOfLongLine(kept, 0, keptLength);
        }
    }

    private void append(byte[] bytes, int offset, int length) {
        if (keptLength + length > kept.length) {
            kept = Arrays.copyOf(kept, Math.min(limit, Math.max(kept.length * 2, keptLength + length)));
        }
        System.arraycopy(bytes, offset, kept, keptLength, length);
        keptLength += length;
    }
}
