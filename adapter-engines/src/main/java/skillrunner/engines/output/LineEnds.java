package skillrunner.engines.output;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds line ends eight bytes at a time. Nearly all bytes of an engine's output are looked at for this reason alone, and
 * the JDK has a fast search for them in text only.
 */
final class LineEnds {
    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long LOWEST_BITS = 0x0101010101010101L;
    private static final long HIGHEST_BITS = 0x8080808080808080L;
    private static final long LINE_FEEDS = LOWEST_BITS * '\n';
    private static final long RETURNS = LOWEST_BITS * '\r';

    private LineEnds() {}

    /** Returns the place of the first LF or CR at or behind a place, or the end if there is none before it. */
    static int next(byte[] bytes, int from, int end) {
        int at = from;
        while (at + Long.BYTES <= end) {
            long word = (long) WORD.get(bytes, at);
            long found = zeroBytes(word ^ LINE_FEEDS) | zeroBytes(word ^ RETURNS);
            if (found != 0) {
                return at + Long.numberOfTrailingZeros(found) / Byte.SIZE;
            }
            at += Long.BYTES;
        }
        while (at < end && bytes[at] != '\n' && bytes[at] != '\r') {
            at++;
        }
        return at;
    }

    /** The highest bit of the lowest byte that is zero is set; those of bytes above it may be, too. */
    private static long zeroBytes(long word) {
        return (word - LOWEST_BITS) & ~word & HIGHEST_BITS;
    }
}
