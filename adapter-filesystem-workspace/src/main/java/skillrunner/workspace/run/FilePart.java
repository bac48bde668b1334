package skillrunner.workspace.run;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Some bytes of an open file; the file stays open. */
class FilePart extends InputStream {
    private final FileChannel channel;
    private final long end;
    private long at;

    FilePart(FileChannel channel, long from, long to) {
        this.channel = channel;
        this.at = from;
        this.end = to;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (at >= end) {
            return -1;
        }
        int count = channel.read(ByteBuffer.wrap(target, offset, (int) Math.min(length, end - at)), at);
        at += Math.max(0, count);
        return count;
    }
}
