package skillrunner.http.run;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.eclipse.jetty.ee10.servlet.HttpOutput;

/**
 * Takes what a stream sends, without anybody who waits for the client. What is sent was gathered already, so it goes past the container's
 * buffer, which is then none for a client that waits. Where a filter has put an output of its own around the container's, it
 * goes the ordinary way and is flushed. Used by one thread at a time.
 */
final class FrameOutput {
    private final ServletOutputStream out;
    private boolean unflushed;

    FrameOutput(ServletOutputStream out) {
        this.out = Objects.requireNonNull(out);
    }

    /** Has the container tell whenever something can be sent again. */
    void toldTo(WriteListener listener) {
        out.setWriteListener(listener);
    }

    /** Tells whether something can be sent now; if not, the listener is told when it can. */
    boolean isReady() throws IOException {
        if (!out.isReady()) {
            return false;
        }
        if (!unflushed) {
            return true;
        }
        unflushed = false;
        out.flush();
        return out.isReady();
    }

    /** Sends whole frames; to be called once whenever {@link #isReady} was true, and to be followed by asking it again. */
    void send(byte[] frames) throws IOException {
        if (out instanceof HttpOutput direct) {
            direct.write(ByteBuffer.wrap(frames));
        } else {
            out.write(frames);
            unflushed = true;
        }
    }
}
