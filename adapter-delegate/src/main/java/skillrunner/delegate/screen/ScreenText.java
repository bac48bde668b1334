package skillrunner.delegate.screen;

import java.util.Locale;
import java.util.Objects;

/**
 * The last part of what a program has shown. Places in it count from the beginning of all it has ever shown, so they stay true when
 * more comes. Immutable.
 */
public final class ScreenText {
    private final String text;
    private final long start;

    /** Without white space and in lower case, for words may be broken over lines, and each of its places in the text. */
    private final String compact;

    private final int[] places;

    /**
     * Takes a text.
     *
     * @param text the text
     * @param start its place in all that was shown
     */
    public ScreenText(String text, long start) {
        this.text = Objects.requireNonNull(text);
        this.start = start;
        StringBuilder close = new StringBuilder(text.length());
        int[] found = new int[text.length()];
        for (int at = 0; at < text.length(); at++) {
            char sign = text.charAt(at);
            if (!Character.isWhitespace(sign)) {
                found[close.length()] = at;
                close.append(Character.toLowerCase(sign));
            }
        }
        this.compact = close.toString();
        this.places = found;
    }

    /**
     * Finds where words stand last. White space and case do not matter.
     *
     * @param words the words
     * @return the place of their first character; -1 if they don't stand there
     */
    public long last(String words) {
        int at = compact.lastIndexOf(closed(words));
        return at < 0 ? -1 : start + places[at];
    }

    /**
     * Finds where words stand first behind a place.
     *
     * @param words the words
     * @param behind the place
     * @return the place of their first character; -1 if they don't stand there
     */
    public long first(String words, long behind) {
        String wanted = closed(words);
        int at = compact.indexOf(wanted);
        while (at >= 0 && start + places[at] <= behind) {
            at = compact.indexOf(wanted, at + 1);
        }
        return at < 0 ? -1 : start + places[at];
    }

    /**
     * Returns what stands behind a place.
     *
     * @param place the place
     * @return the text from there on, as far as it is held
     */
    public String from(long place) {
        return text.substring((int) Math.max(0, Math.min(text.length(), place - start)));
    }

    /**
     * Returns what stands between two places.
     *
     * @param from the first
     * @param to the one that does not belong to it
     * @return the text, as far as it is held
     */
    public String between(long from, long to) {
        String rest = from(from);
        long length = to - Math.max(from, start);
        return rest.substring(0, (int) Math.max(0, Math.min(rest.length(), length)));
    }

    /**
     * Returns the place behind everything.
     *
     * @return how much was ever shown
     */
    public long end() {
        return start + text.length();
    }

    /**
     * Returns all that is held.
     *
     * @return the text
     */
    public String text() {
        return text;
    }

    private static String closed(String words) {
        return words.replaceAll("\\s+", "").toLowerCase(Locale.ROOT);
    }
}
