package skillrunner.http.run;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/**
 * What is sent of a durable stream at once.
 *
 * @param from offset where it begins
 * @param to offset where the client goes on
 * @param upToDate whether nothing lies behind {@code to} now
 * @param closed whether nothing will ever lie behind {@code to}
 * @param bytes how long the body is
 * @param opening opens the body
 */
record DurablePart(long from, long to, boolean upToDate, boolean closed, long bytes, Opening opening) {
    DurablePart {
        Objects.requireNonNull(opening);
    }

    /** Opens a body. The caller closes it. */
    interface Opening {
        InputStream open() throws IOException;
    }

    /** Whether there is anything to tell whoever waits. */
    boolean isNews() {
        return closed || to > from;
    }
}
