package skillrunner.delegate.screen;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What a person typed, taken out of what a program echoes. Programs echo in their own ways: with colours in between, over several
 * lines, or anew with each character, so that beginnings are taken out as well. Safe for concurrent use.
 */
public final class Secrets {
    static final String MASK = "***";

    /** A shorter secret is found whole only, a shorter beginning of one is not told from other text. */
    private static final int SHORTEST_BEGINNING = 6;

    private static final int SHORTEST = 3;

    private final List<Secret> secrets = new CopyOnWriteArrayList<>();

    /** Knows none yet. */
    public Secrets() {
        // Explicit, since the package is exported.
    }

    /** Its text is held as characters of one byte each, and may be found by its beginning. */
    private record Secret(String text, boolean beginnings) {}

    /**
     * Takes one out from now on.
     *
     * @param value what was typed
     * @param beginnings whether its beginnings are secret too; not so of an address, which begins as others do
     */
    public void add(String value, boolean beginnings) {
        if (value.length() >= SHORTEST) {
            secrets.add(new Secret(bytes(value), beginnings));
        }
    }

    /**
     * Takes all out of a text.
     *
     * @param text the text
     * @return the text without them
     */
    public String without(String text) {
        if (secrets.isEmpty()) {
            return text;
        }
        String clean = cleaned(bytes(text), true).done();
        return new String(clean.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    /**
     * @param done what is certain, without secrets
     * @param open what may yet become one
     */
    record Cleaned(String done, String open) {}

    /** Takes them out of bytes, one character each. At the end nothing is left open. */
    Cleaned cleaned(String text, boolean end) {
        StringBuilder done = new StringBuilder(text.length());
        int at = 0;
        while (at < text.length()) {
            Match longest = longest(text, at);
            if (longest.cutOff() && !end) {
                return new Cleaned(done.toString(), text.substring(at));
            }
            if (longest.length() > 0) {
                done.append(MASK);
                at += longest.length();
            } else {
                done.append(text.charAt(at));
                at++;
            }
        }
        return new Cleaned(done.toString(), "");
    }

    /**
     * @param length how much of the text it takes; 0 if it is none
     * @param cutOff whether more text might make it longer
     */
    private record Match(int length, boolean cutOff) {}

    private Match longest(String text, int from) {
        Match best = new Match(0, false);
        for (Secret secret : secrets) {
            Match match = match(secret, text, from);
            best = new Match(Math.max(best.length(), match.length()), best.cutOff() || match.cutOff());
        }
        return best;
    }

    private static Match match(Secret secret, String text, int from) {
        int at = from;
        int matched = 0;
        int behind = from;
        while (matched < secret.text().length()) {
            if (at >= text.length()) {
                return new Match(counts(secret, matched) ? behind - from : 0, matched > 0);
            }
            if (text.charAt(at) == secret.text().charAt(matched)) {
                at++;
                matched++;
                behind = at;
            } else {
                int skipped = matched == 0 ? at : skipped(text, at);
                if (skipped == at) {
                    return new Match(counts(secret, matched) ? behind - from : 0, false);
                }
                at = skipped;
            }
        }
        return new Match(behind - from, false);
    }

    private static boolean counts(Secret secret, int matched) {
        return matched == secret.text().length() || (secret.beginnings() && matched >= SHORTEST_BEGINNING);
    }

    /** Behind a command to the terminal, a line end, a space or the frame of a box. */
    private static int skipped(String text, int at) {
        char sign = text.charAt(at);
        if (sign == '\r' || sign == '\n' || sign == ' ' || sign == '\b') {
            return at + 1;
        }
        if (text.startsWith("\u00e2\u0094\u0082", at)) {
            return at + 3;
        }
        if (sign != 0x1b) {
            return at;
        }
        int end = at + 1;
        if (end < text.length() && text.charAt(end) == '[') {
            end++;
            while (end < text.length() && (text.charAt(end) < '@' || text.charAt(end) > '~')) {
                end++;
            }
        }
        return Math.min(text.length(), end + 1);
    }

    private static String bytes(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
