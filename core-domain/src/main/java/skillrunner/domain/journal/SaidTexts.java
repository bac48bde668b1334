package skillrunner.domain.journal;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

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
        return text.length() <= SHORT ? text : UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
