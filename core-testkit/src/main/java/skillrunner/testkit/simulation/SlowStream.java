package skillrunner.testkit.simulation;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import skillrunner.testkit.random.Draws;

/** What a client sends, piece by piece; it may go away in the middle. */
final class SlowStream extends InputStream {
    private static final int LONGEST_PAUSE_MILLIS = 20_000;

    private final Draws draws;
    private final Scheduler scheduler;
    private final ByteArrayInputStream bytes;
    private int pieces;

    /**
     * Makes one.
     *
     * @param whole whether all of it is sent
     */
    SlowStream(Draws draws, Scheduler scheduler, String text, boolean whole) {
        this.draws = draws;
        this.scheduler = scheduler;
        this.bytes = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        this.pieces = whole ? Integer.MAX_VALUE : draws.between(0, 2);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        scheduler.sleep(Duration.ofMillis(draws.between(0, draws.of(10, LONGEST_PAUSE_MILLIS))));
        if (pieces-- == 0) {
            throw new IOException("the client is gone");
        }
        return bytes.read(target, offset, Math.min(length, draws.between(1, 12)));
    }
}
