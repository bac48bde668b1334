package skillrunner.application.engine;

import java.util.function.Function;
import skillrunner.domain.run.SignInSign;

/**
 * Looks for the wish for a sign-in in lines of text, also over the ends of lines. Looks at the text's first mebibyte and at
 * its end, where a CLI says why it gave up; so a flood of text costs no more than copying it. Stops looking once it has
 * found the surest one. Not safe for concurrent use.
 */
final class SignInWatch {
    /** Text is gathered up to this size, in characters, before it is looked at. */
    private static final int WINDOW = 16 << 10;

    /** So much of a window stays for the next look, in characters; a sign is far shorter. */
    private static final int KEPT = 4 << 10;

    private static final int THOROUGH = 1 << 20;

    private final Function<String, SignInSign> signs;
    private final char[] window = new char[WINDOW];
    private int filled;
    private int seen;
    private int lookedAt;
    private SignInSign found = SignInSign.NONE;

    /** Makes a watch; what finds the surest sign in a piece of text must be quick. */
    SignInWatch(Function<String, SignInSign> signs) {
        this.signs = signs;
    }

    /** Takes the next line. */
    void line(String text) {
        int taken = 0;
        while (found != SignInSign.DEMAND && taken <= text.length()) {
            if (filled == WINDOW) {
                makeRoom();
            } else if (taken == text.length()) {
                window[filled++] = '\n';
                taken++;
            } else {
                int part = Math.min(text.length() - taken, WINDOW - filled);
                text.getChars(taken, taken + part, window, filled);
                filled += part;
                taken += part;
            }
        }
    }

    /** Tells the surest sign that was found so far. */
    SignInSign found() {
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
        found = found.or(signs.apply(new String(window, 0, filled)));
        lookedAt += filled - seen;
        seen = filled;
    }
}
