package skillrunner.engines.codex;

import java.nio.charset.StandardCharsets;
import skillrunner.domain.run.AuthPrompt;

/** Looks for the wish for a sign-in in text that comes in pieces. Stops looking once it has found one. */
final class SignInWatch {
    /** A sign is shorter than this, in bytes; so much of a piece is looked at again together with the next one. */
    private static final int OVERLAP = 256;

    /** Pieces are gathered up to this size, in bytes, before they are looked at. */
    private static final int WINDOW = 16 << 10;

    private final byte[] window = new byte[WINDOW];
    private int filled;
    private int seen;
    private boolean found;

    void feed(byte[] bytes, int offset, int length) {
        int taken = 0;
        while (!found && taken < length) {
            int part = Math.min(length - taken, WINDOW - filled);
            System.arraycopy(bytes, offset + taken, window, filled, part);
            filled += part;
            taken += part;
            if (filled == WINDOW) {
                look();
            }
        }
    }

    boolean found() {
        if (!found && filled > seen) {
            look();
        }
        return found;
    }

    private void look() {
        found = AuthPrompt.appearsIn(new String(window, 0, filled, StandardCharsets.UTF_8));
        seen = Math.min(filled, OVERLAP);
        System.arraycopy(window, filled - seen, window, 0, seen);
        filled = seen;
    }
}
