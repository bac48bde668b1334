package skillrunner.engines.output;

import java.nio.charset.StandardCharsets;

/** Keeps the end of a text that comes in pieces. Holds little more than it keeps. Not safe for concurrent use. */
public final class TextTail {
    private static final int USUAL_SLACK = 64 << 10;

    private final int limit;

    /** So many bytes may come before what is too much is thrown away, so that not every piece moves all others. */
    private final int slack;

    private byte[] kept = new byte[8 << 10];
    private int length;
    private boolean cut;

    /**
     * Makes an empty one.
     *
     * @param limit how many bytes to keep, at least 1
     */
    public TextTail(int limit) {
        this.limit = limit;
        this.slack = Math.max(limit / 4, Math.min(limit, USUAL_SLACK));
    }

    /**
     * Takes the next bytes.
     *
     * @param bytes holds them
     * @param count how many of them count
     */
    public void feed(byte[] bytes, int count) {
        int from = Math.max(0, count - limit);
        int taken = count - from;
        cut |= from > 0;
        if (length + taken > limit + slack || from > 0) {
            forget(Math.max(0, length + taken - limit));
        }
        if (length + taken > kept.length) {
            byte[] bigger = new byte[Math.max(length + taken, Math.min(limit + slack, kept.length * 2))];
            System.arraycopy(kept, 0, bigger, 0, length);
            kept = bigger;
        }
        System.arraycopy(bytes, from, kept, length, taken);
        length += taken;
    }

    /**
     * Returns the end of the text. Broken characters are replaced.
     *
     * @return the last bytes, up to the limit
     */
    public String text() {
        int from = Math.max(0, length - limit);
        return new String(kept, from, length - from, StandardCharsets.UTF_8);
    }

    /**
     * Tells whether {@link #text()} is less than everything.
     *
     * @return true if the beginning is lost
     */
    public boolean isCut() {
        return cut || length > limit;
    }

    private void forget(int bytes) {
        int gone = Math.min(bytes, length);
        cut |= gone > 0;
        System.arraycopy(kept, gone, kept, 0, length - gone);
        length -= gone;
    }
}
