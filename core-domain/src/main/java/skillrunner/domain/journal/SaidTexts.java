package skillrunner.domain.journal;

import java.util.HashSet;
import java.util.Set;

/**
 * What was said, to know it again. Of a long text a fingerprint is kept, and of very many texts the first ones, so that an agent that says
 * much takes no memory with it; who makes fingerprints collide hides but his own words. Used by one thread.
 */
final class SaidTexts {
    /** What is not longer is kept as it is. */
    private static final int SHORT = 100;

    private final int most;
    private final Set<Object> texts = new HashSet<>();

    /**
     * Begins.
     *
     * @param most how many texts are remembered
     */
    SaidTexts(int most) {
        this.most = most;
    }

    void add(String text) {
        if (texts.size() < most) {
            texts.add(known(text));
        }
    }

    boolean contains(String text) {
        return !texts.isEmpty() && texts.contains(known(text));
    }

    private static Object known(String text) {
        return text.length() <= SHORT ? text : Fingerprint.of(text);
    }

    /** Two sums with different factors, for texts that differ by chance. */
    private record Fingerprint(int length, long one, long other) {
        private static final long ONE_FACTOR = 0x100000001B3L;
        private static final long OTHER_FACTOR = 0x9E3779B97F4A7C15L;

        static Fingerprint of(String text) {
            long one = 0;
            long other = 0;
            for (int i = 0; i < text.length(); i++) {
                one = (one ^ text.charAt(i)) * ONE_FACTOR;
                other = other * OTHER_FACTOR + text.charAt(i) + 1;
            }
            return new Fingerprint(text.length(), one, other);
        }
    }
}
