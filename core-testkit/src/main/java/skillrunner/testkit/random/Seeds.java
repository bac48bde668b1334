package skillrunner.testkit.random;

import java.security.SecureRandom;
import java.util.Random;

/** Tries a rule on random cases. A case that breaks it is named by its seed. */
public final class Seeds {
    private Seeds() {}

    /** What holds for every case. */
    @FunctionalInterface
    public interface Rule {
        /** Throws if the rule is broken. */
        void holdsFor(Draws draws) throws Exception;
    }

    /**
     * Tries a rule on cases that no run before had.
     *
     * @param tries how many
     * @param rule the rule
     * @throws AssertionError for the first case that breaks it; names the seed
     */
    public static void tryOn(int tries, Rule rule) {
        Random seeds = new SecureRandom();
        for (int i = 0; i < tries; i++) {
            again(seeds.nextLong(), rule);
        }
    }

    /**
     * Tries a rule on one case; a seed that ever broke it stays in the test.
     *
     * @param seed the seed
     * @param rule the rule
     * @throws AssertionError if the rule is broken; names the seed
     */
    public static void again(long seed, Rule rule) {
        try {
            rule.holdsFor(new Draws(seed));
        } catch (Exception | AssertionError | StackOverflowError e) {
            throw new AssertionError("Seeds.again(" + seed + "L, ...) repeats this case: " + e, e);
        }
    }
}
