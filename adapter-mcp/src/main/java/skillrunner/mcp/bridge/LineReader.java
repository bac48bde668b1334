package skillrunner.mcp.bridge;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads messages, a line each, of a bounded length. Used by one thread. */
final class LineReader {
    /** Longer than what any server takes. */
    static final int LONGEST = 96 * 1024 * 1024;

    private final InputStream in;
    private final int longest;

    LineReader(InputStream in) {
        this(in, LONGEST);
    }

    LineReader(InputStream in, int longest) {
        this.in = new BufferedInputStream(in);
        this.longest = longest;
    }

    /** Waits for the next line; what is too long of it is passed over, and the rest is no message any more. @return empty at the end */
    Optional<String> next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int c = in.read();
        if (c < 0) {
            return Optional.empty();
        }
        while (c >= 0 && c != '\n') {
            if (line.size() < longest) {
                line.write(c);
            }
            c = in.read();
        }
        return Optional.of(line.toString(StandardCharsets.UTF_8).strip());
    }
}
