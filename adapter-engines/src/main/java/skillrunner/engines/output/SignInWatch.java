package skillrunner.engines.output;

import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import skillrunner.domain.run.AuthPrompt;
import skillrunner.domain.run.SignInSign;

/**
 * Looks for the wish for a sign-in in text that comes in pieces. Looks at the text's first mebibyte and at its end, where
 * a CLI says why it gave up; so a flood of text costs no more than copying it. Stops looking once it has found the surest one. Not safe for
 * concurrent use.
 */
public final class SignInWatch {
    /** Text is gathered up to this size, in bytes, before it is looked at. */
    private static final int WINDOW = 16 << 10;

    /** So much of a window stays for the next look, in bytes; a sign is far shorter. */
    private static final int KEPT = 4 << 10;

    private static final int THOROUGH = 1 << 20;

    private final Function<String, SignInSign> signs;
    private final byte[] window = new byte[WINDOW];
    private int filled;
    private int seen;
    private int lookedAt;
    private SignInSign found = SignInSign.NONE;

    /** Makes a watch for the signs that all engines share. */
    public SignInWatch() {
        this(AuthPrompt::in);
    }

    /**
     * Makes a watch.
     *
     * @param signs finds the surest sign in a piece of text; must be quick
     */
    public SignInWatch(Function<String, SignInSign> signs) {
        this.signs = signs;
    }

    /**
     * Takes the next bytes.
     *
     * @param bytes holds them
     * @param offset where they begin
     * @param length how many there are
     */
    public void feed(byte[] bytes, int offset, int length) {
        int taken = 0;
        while (found != SignInSign.DEMAND && taken < length) {
            int part = Math.min(length - taken, WINDOW - filled);
            System.arraycopy(bytes, offset + taken, window, filled, part);
            filled += part;
            taken += part;
            if (filled == WINDOW) {
                makeRoom();
            }
        }
    }

    /**
     * Tells what was found so far.
     *
     * @return the surest sign
     */
    public SignInSign found() {
        if (found != SignInSign.DEMAND && filled > seen) {
            look();
        }
        return found;
    }

    private void makeRoom() {
        if (lookedAt < THOROUGH) {
            look();
        }
        seen = seen == filled ? KEPT : 0;
        System.arraycopy(window, filled - KEPT, window, 0, KEPT);
        filled = KEPT;
    }

    private void look() {
        found = found.or(signs.apply(new String(window, 0, filled, StandardCharsets.UTF_8)));
        lookedAt += filled - seen;
        seen = filled;
    }
}
