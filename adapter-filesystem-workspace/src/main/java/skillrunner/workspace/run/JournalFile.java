package skillrunner.workspace.run;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The lines of a file up to some end; a last one without its end is none. Finds a place among them by halving, so that what it costs does
 * not grow with the file.
 */
final class JournalFile {
    private static final int PIECE = 64 * 1024;

    /** A longer line is none of ours: a message has up to 16 Mi characters, each of which may need six bytes. */
    private static final int LONGEST_LINE = 97 << 20;

    private final FileChannel channel;
    private final long end;
    private final Predicate<InputStream> ours;

    private JournalFile(FileChannel channel, long end, Predicate<InputStream> ours) {
        this.channel = channel;
        this.end = end;
        this.ours = ours;
    }

    /**
     * Takes a file as it is up to some offset.
     *
     * @param ours tells of a long line whether it is worth being held
     */
    static JournalFile upTo(FileChannel channel, long end, Predicate<InputStream> ours) throws IOException {
        return new JournalFile(channel, lastEnd(channel, end), ours);
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
    void from(long start, Predicate<byte[]> line) throws IOException {
        long begin = start;
        byte[] piece = new byte[0];
        for (long at = start; at < end; at += piece.length) {
            piece = bytes(channel, at, Math.min(end, at + PIECE));
            if (piece.length == 0) {
                return;
            }
            for (int i = 0; i < piece.length; i++) {
                if (piece[i] == '\n') {
                    Optional<byte[]> ours = begin < at
                            ? line(begin, at + i)
                            : Optional.of(Arrays.copyOfRange(piece, (int) (begin - at), i));
                    if (ours.isPresent() && !line.test(ours.get())) {
                        return;
                    }
                    begin = at + i + 1;
                }
            }
        }
    }

    /** Reads a line. @return empty, and nothing of it is held, if it can't be one of ours */
    private Optional<byte[]> line(long from, long to) throws IOException {
        boolean isLong = to - from > PIECE;
        if (to - from > LONGEST_LINE || (isLong && !ours.test(new FilePart(channel, from, to)))) {
            return Optional.empty();
        }
        return Optional.of(bytes(channel, from, to));
    }

    /** Finds the last line that is one of ours. */
    <T> Optional<T> lastThat(Function<byte[], Optional<T>> reading) throws IOException {
        long to = end;
        while (to > 0) {
            long begin = lastEnd(channel, to - 1);
            Optional<T> found = line(begin, to - 1).flatMap(reading);
            if (found.isPresent()) {
                return found;
            }
            to = begin;
        }
        return Optional.empty();
    }

    /**
     * Finds where to begin.
     *
     * @param isBefore tells of a line whether it comes before what is wanted; empty if the line is none of ours
     * @return the offset of a line before which nothing is wanted
     */
    long firstNotBefore(Function<byte[], Optional<Boolean>> isBefore) throws IOException {
        long low = 0;
        long high = end;
        while (high - low > PIECE) {
            long middle = low + (high - low) / 2;
            Found found = new Found(isBefore);
            long begin = afterNextEnd(middle, high);
            if (begin < high) {
                new JournalFile(channel, high, ours).from(begin, found);
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
    private static final class Found implements Predicate<byte[]> {
        private final Function<byte[], Optional<Boolean>> isBefore;
        private boolean before;

        Found(Function<byte[], Optional<Boolean>> isBefore) {
            this.isBefore = isBefore;
        }

        @Override
        public boolean test(byte[] line) {
            Optional<Boolean> answer = isBefore.apply(line);
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

    private static byte[] bytes(FileChannel channel, long from, long to) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.max(0, to - from));
        while (buffer.hasRemaining() && channel.read(buffer, from + buffer.position()) >= 0) {
            // one read is enough but for very large pieces
        }
        return buffer.hasRemaining() ? Arrays.copyOf(buffer.array(), buffer.position()) : buffer.array();
    }
}
