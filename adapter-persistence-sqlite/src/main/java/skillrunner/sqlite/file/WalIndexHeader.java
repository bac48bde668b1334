package skillrunner.sqlite.file;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/**
 * The first bytes of the index ({@code -shm}) over a write-ahead log, as SQLite's documentation of its WAL mode defines
 * them.
 *
 * @param logBytes how long the log must be so that nothing in it that is still needed is missing
 */
record WalIndexHeader(long logBytes) {
    static final int BYTES = 100;

    private static final int COPY = 48;
    private static final int LOG_HEADER = 32;
    private static final int FRAME_HEADER = 24;

    /** Reads a header. @return empty while it is being written */
    static Optional<WalIndexHeader> parse(byte[] bytes) {
        if (bytes.length < BYTES || !Arrays.equals(bytes, 0, COPY, bytes, COPY, 2 * COPY)) {
            return Optional.empty();
        }
        ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
        int pageSize = Short.toUnsignedInt(header.getShort(14));
        long frames = Integer.toUnsignedLong(header.getInt(16));
        long copied = Integer.toUnsignedLong(header.getInt(2 * COPY));
        long frame = (pageSize == 1 ? 65_536 : pageSize) + (long) FRAME_HEADER;
        return Optional.of(new WalIndexHeader(frames > copied ? LOG_HEADER + frames * frame : 0));
    }
}
