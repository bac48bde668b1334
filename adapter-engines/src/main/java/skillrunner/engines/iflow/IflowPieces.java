package skillrunner.engines.iflow;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import skillrunner.domain.output.OutputRange;
import skillrunner.domain.run.OutputCandidates;
import skillrunner.domain.run.OutputStreamKind;
import skillrunner.engines.output.StreamReader;

/**
 * Cuts a stream of iflow into blocks of execution info and the text between them. A block that another one begins in was
 * torn. The end of its line belongs to a block. Holds one piece, and of one that is too long only its end. Not safe for concurrent use.
 */
final class IflowPieces implements StreamReader {
    /** Longer pieces are not handed out whole, in bytes: the longest answer and what may stand around it. */
    static final int LONGEST = OutputCandidates.MOST_CHARACTERS + (64 << 10);

    /** So much of the end of a piece that is too long is handed out, in bytes. */
    static final int END = 16 << 10;

    private static final byte[] OPENING = "<Execution Info>".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CLOSING = "</Execution Info>".getBytes(StandardCharsets.US_ASCII);
    private static final int USUAL = 8 << 10;

    /** So many blanks behind a block are taken for the end of its line. */
    private static final int MOST_BLANKS = 64;

    private static final int NOT_COME_YET = -1;

    /** What a piece is. */
    enum Kind {
        /** What stands before, between and behind blocks. */
        TEXT,
        /** A whole block with its marks, and the end of its line if nothing but blanks stand before that. */
        BLOCK,
        /** The beginning of a block, with its mark. */
        TORN_BLOCK
    }

    /** Takes the pieces. The array is only lent. */
    interface Sink {
        /** Takes a piece whose range is longer than {@link #LONGEST} by its last {@link #END} bytes, and any other whole. */
        void piece(Kind kind, byte[] bytes, int offset, int length, OutputRange at);
    }

    private final OutputStreamKind stream;
    private final Sink sink;
    private byte[] kept = new byte[USUAL];
    private int begin;
    private int length;
    private int searched;
    private boolean inBlock;
    /** Where the piece begins, in the stream. */
    private long from;
    /** Where the kept bytes end, in the stream. */
    private long end;

    IflowPieces(OutputStreamKind stream, long from, Sink sink) {
        this.stream = Objects.requireNonNull(stream);
        this.sink = Objects.requireNonNull(sink);
        this.from = from;
        this.end = from;
    }

    @Override
    public void feed(byte[] bytes, int count) {
        append(bytes, count);
        while (cut()) {}
        shorten();
    }

    @Override
    public void finish() {
        boolean closed = inBlock && stands(CLOSING, searched);
        handOut(closed ? Kind.BLOCK : inBlock ? Kind.TORN_BLOCK : Kind.TEXT, length);
    }

    @Override
    public long position() {
        return from;
    }

    /** Cuts at the next mark. @return whether there was one */
    private boolean cut() {
        for (int at = searched; at < length; at++) {
            if (kept[at] == '<') {
                if (stands(OPENING, at)) {
                    handOut(inBlock ? Kind.TORN_BLOCK : Kind.TEXT, at);
                    inBlock = true;
                    searched = at + OPENING.length;
                    return true;
                }
                if (inBlock && stands(CLOSING, at)) {
                    int behind = endOfLine(at + CLOSING.length);
                    if (behind == NOT_COME_YET) {
                        searched = at;
                        return false;
                    }
                    handOut(Kind.BLOCK, behind);
                    inBlock = false;
                    searched = behind;
                    return true;
                }
                if (length - at < CLOSING.length) {
                    // A mark may stand here, of which not all has come.
                    searched = at;
                    return false;
                }
            }
        }
        searched = length;
        return false;
    }

    /** Returns where the next line begins; the same place if something else stands in this one, or too many blanks. */
    private int endOfLine(int place) {
        int at = place;
        while (at < length && at - place < MOST_BLANKS && (kept[at] == ' ' || kept[at] == '\t')) {
            at++;
        }
        if (at < length && kept[at] == '\r') {
            at++;
        }
        if (at == length) {
            return NOT_COME_YET;
        }
        if (kept[at] == '\n') {
            return at + 1;
        }
        // A carriage return by itself ends a line as well.
        return at > place && kept[at - 1] == '\r' ? at : place;
    }

    private void handOut(Kind kind, int to) {
        long last = end - (length - to);
        if (last > from) {
            int offset = last - from > LONGEST ? to - END : begin;
            sink.piece(kind, kept, offset, to - offset, new OutputRange(stream, from, last));
        }
        begin = to;
        from = last;
    }

    private boolean stands(byte[] mark, int at) {
        return at + mark.length <= length && Arrays.equals(kept, at, at + mark.length, mark, 0, mark.length);
    }

    private void append(byte[] bytes, int count) {
        if (length + count > kept.length) {
            kept = Arrays.copyOf(kept, Math.max(length + count, Math.min(kept.length * 2, 2 * LONGEST)));
        }
        System.arraycopy(bytes, 0, kept, length, count);
        length += count;
        end += count;
    }

    /** Forgets what was handed out and, of a piece that is too long, all but its end. */
    private void shorten() {
        int needed = end - from > LONGEST + END ? END + CLOSING.length : length - begin;
        int gone = Math.max(begin, length - needed);
        if (gone > 0) {
            length -= gone;
            searched = Math.max(0, searched - gone);
            begin = Math.max(0, begin - gone);
            byte[] next = kept.length > USUAL && length <= USUAL ? new byte[USUAL] : kept;
            System.arraycopy(kept, gone, next, 0, length);
            kept = next;
        }
    }
}
