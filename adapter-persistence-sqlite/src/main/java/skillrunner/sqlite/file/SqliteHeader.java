package skillrunner.sqlite.file;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * The first bytes of a database file, as the file format of SQLite defines them.
 *
 * @param pageSize bytes of a page
 * @param changeCounter grows whenever the first page is written
 * @param pages size of the file in pages; 0 if it is not known
 * @param applicationId the tag that says which database it is
 */
record SqliteHeader(int pageSize, int changeCounter, long pages, int applicationId) {
    static final int BYTES = 100;

    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

    /** Reads a header. @return empty if the bytes are none */
    static Optional<SqliteHeader> parse(byte[] bytes) {
        if (bytes.length < BYTES || !Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            return Optional.empty();
        }
        ByteBuffer header = ByteBuffer.wrap(bytes);
        int pageSize = Short.toUnsignedInt(header.getShort(16));
        int counter = header.getInt(24);
        // Programs of long ago left the size as it was; it counts only if the counter was written with it.
        long pages = header.getInt(92) == counter ? Integer.toUnsignedLong(header.getInt(28)) : 0;
        return Optional.of(new SqliteHeader(pageSize == 1 ? 65_536 : pageSize, counter, pages, header.getInt(68)));
    }

    /** Tells whether a file of some size is too short for what its header says. */
    boolean isLongerThan(long size) {
        return pages * pageSize > size;
    }
}
