package skillrunner.workspace.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import skillrunner.application.run.journal.JournalEvent;

/**
 * The lines of a file up to some end; a last one without its end is none. Finds a place among them by halving, so that what it costs does
 * not grow with the file.
 */
final class JournalFile {
    private static final int PIECE = JournalEvent.LONG;

    /** A longer line is none of ours: a message has up to 16 Mi characters, each of which may need six bytes. */
    private static final int LONGEST_LINE = 97 << 20;

    private final FileChannel channel;
    private final long end;
    private final long size;

    private JournalFile(FileChannel channel, long end, long size) {
        this.channel = channel;
        this.end = end;
        this.size = size;
    }

    /** Takes a file as it is up to some offset. */
    static JournalFile upTo(FileChannel channel, long end) throws IOException {
        return new JournalFile(channel, lastEnd(channel, end), end);
    }

    /** Finds the end of the last line that has one. */
    static long lastEnd(FileChannel channel, long size) throws IOException {
        for (long to = size; to > 0; to = Math.max(0, to - PIECE)) {
            long from = Math.max(0, to - PIECE);
            byte[] bytes = bytes(channel, from, to);
            for (int i = bytes.length - 1; i >= 0; i--) {
                if (bytes[i] == '\n') {
                    return from + i + 1;
                }
            }
        }
        return 0;
    }

    /** Goes through the lines that may be ours, from an offset at which one begins, as long as they are wanted. */
    void from(long start, Lines line) throws IOException {
        long begin = start;
        byte[] piece = new byte[0];
        for (long at = start; at < end; at += piece.length) {
            piece = bytes(channel, at, Math.min(end, at + PIECE));
            if (piece.length == 0) {
                return;
            }
            for (int i = 0; i < piece.length; i++) {
                if (piece[i] == '\n') {
                    Optional<JournalLine> ours = begin < at
                            ? line(begin, at + i)
                            : Optional.of(held(begin, Arrays.copyOfRange(piece, (int) (begin - at), i)));
                    if (ours.isPresent() && !line.wantsMore(ours.get())) {
                        return;
                    }
                    begin = at + i + 1;
                }
            }
        }
    }

    /** Finds a line. @return empty if it can't be one of ours */
    private Optional<JournalLine> line(long from, long to) throws IOException {
        if (to - from <= PIECE) {
            return Optional.of(held(from, bytes(channel, from, to)));
        }
        return to - from <= LONGEST_LINE
                ? Optional.of(new JournalLine(channel, from, (int) (to - from), null))
                : Optional.empty();
    }

    private JournalLine held(long from, byte[] bytes) {
        return new JournalLine(channel, from, bytes.length, bytes);
    }

    /** Takes lines one after another. */
    interface Lines {
        boolean wantsMore(JournalLine line) throws IOException;
    }

    /** Reads something from a line. */
    interface Reading<T> {
        Optional<T> of(JournalLine line) throws IOException;
    }

    /** Finds the last lines that are ours, in their order. */
    <T> List<T> last(int most, Reading<T> reading) throws IOException {
        Deque<T> last = new ArrayDeque<>();
        long to = end;
        while (to > 0 && last.size() < most) {
            long begin = lastEnd(channel, to - 1);
            Optional<JournalLine> line = line(begin, to - 1);
            if (line.isPresent()) {
                reading.of(line.get()).ifPresent(last::addFirst);
            }
            to = begin;
        }
        return List.copyOf(last);
    }

    /** Tells whether something without its end stands behind the last line. */
    boolean isTorn() {
        return end < size;
    }

    /**
     * Finds where to begin.
     *
     * @param isBefore tells of a line whether it comes before what is wanted; empty if the line is none of ours
     * @return the offset of a line before which nothing is wanted
     */
    long firstNotBefore(Reading<Boolean> isBefore) throws IOException {
        long low = 0;
        long high = end;
        while (high - low > PIECE) {
            long middle = low + (high - low) / 2;
            Found found = new Found(isBefore);
            long begin = afterNextEnd(middle, high);
            if (begin < high) {
                new JournalFile(channel, high, high).from(begin, found);
            }
            if (found.before) {
                low = begin;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Looks at the first line that is one of ours. */
    private static final class Found implements Lines {
        private final Reading<Boolean> isBefore;
        private boolean before;

        Found(Reading<Boolean> isBefore) {
            this.isBefore = isBefore;
        }

        @Override
        public boolean wantsMore(JournalLine line) throws IOException {
            Optional<Boolean> answer = isBefore.of(line);
            before = answer.orElse(false);
            return answer.isEmpty();
        }
    }

    private long afterNextEnd(long from, long limit) throws IOException {
        for (long at = from; at < limit; at += PIECE) {
            byte[] bytes = bytes(channel, at, Math.min(limit, at + PIECE));
            for (int i = 0; i < bytes.length; i++) {
                if (bytes[i] == '\n') {
                    return at + i + 1;
                }
            }
        }
        return limit;
    }

    static byte[] bytes(FileChannel channel, long from, long to) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.max(0, to - from));
        while (buffer.hasRemaining() && channel.read(buffer, from + buffer.position()) >= 0) {
            // one read is enough but for very large pieces
        }
        return buffer.hasRemaining() ? Arrays.copyOf(buffer.array(), buffer.position()) : buffer.array();
    }
}
