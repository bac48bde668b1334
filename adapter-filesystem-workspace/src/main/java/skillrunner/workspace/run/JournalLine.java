package skillrunner.workspace.run;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/**
 * A line of a journal, to be read while its file is open. A long one is held only by who asks for it whole.
 *
 * @param channel the file
 * @param from offset of its first byte
 * @param bytes how many there are, without the end of the line
 * @param held the bytes; null if they are many
 */
@SuppressWarnings("ArrayRecordComponent") // passed on once and never compared
record JournalLine(FileChannel channel, long from, int bytes, byte @Nullable [] held) {
    /** Tells whether it is too long to be held by everybody who looks at it. */
    boolean isLong() {
        return held == null;
    }

    /** Its bytes one after another. */
    InputStream open() {
        return held == null ? new FilePart(channel, from, from + bytes) : new ByteArrayInputStream(held);
    }

    /** Its bytes, however many. */
    byte[] whole() throws IOException {
        return held == null ? JournalFile.bytes(channel, from, from + bytes) : held;
    }
}
