package skillrunner.domain.run;

import java.time.Duration;

/** What every limit keeps to, whoever sets it. */
public final class LimitRules {
    private LimitRules() {}

    /**
     * Refuses a limit below zero.
     *
     * @param name what is limited
     * @param limit the limit
     * @throws IllegalArgumentException if it is negative
     */
    public static void refuseNegative(String name, long limit) {
        refuse(name, limit < 0, limit);
    }

    /**
     * Refuses a limit below zero.
     *
     * @param name what is limited
     * @param limit the limit
     * @throws IllegalArgumentException if it is negative
     */
    public static void refuseNegative(String name, Duration limit) {
        refuse(name, limit.isNegative(), limit);
    }

    /**
     * Refuses a limit that lets nothing through.
     *
     * @param name what is limited
     * @param limit the limit
     * @throws IllegalArgumentException if it is less than 1
     */
    public static void refuseNone(String name, long limit) {
        if (limit < 1) {
            throw new IllegalArgumentException(name + " must be at least 1, and is " + limit);
        }
    }

    private static void refuse(String name, boolean negative, Object limit) {
        if (negative) {
            throw new IllegalArgumentException(name + " can't be negative, and is " + limit);
        }
    }
}
