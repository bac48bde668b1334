package skillrunner.contract.fuzz;

import java.util.List;
import java.util.SplittableRandom;

/** What is random about one request. */
final class Chance {
    private static final int ALL = 100;

    private final SplittableRandom random;

    Chance(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** Tells whether something that is so likely happens, in percent. */
    boolean percent(int likely) {
        return random.nextInt(ALL) < likely;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    long number() {
        return random.nextLong();
    }

    <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
