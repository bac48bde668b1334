package skillrunner.testkit.run;

import java.io.IOException;
import java.io.InputStream;

/** A connection that is gone. */
final class BrokenConnection extends InputStream {
    @Override
    public int read() throws IOException {
        throw new IOException("gone");
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        return read();
    }
}
