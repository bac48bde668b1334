package skillrunner.testkit.simulation;

import java.time.Duration;
import skillrunner.testkit.random.Draws;

/**
 * What a story has to cope with.
 *
 * @param slots how many runs work at once
 * @param maxQueued how many may wait
 * @param clients how many come
 * @param packages how many skill packages are uploaded
 * @param upgrades how many upgrades of CLIs are asked for
 * @param faultOneIn one of so many calls of a port fails while the storm lasts; 0 for none
 * @param aimed whether one call of each port's method fails, the first or a later one
 * @param killOneIn one of so many turns ends the server while the storm lasts; 0 for none
 * @param powerCuts whether an end may be a power cut, which ends agents as well and takes what was not safe yet
 * @param fullDisks whether the disk runs full now and then
 * @param clockJumps whether somebody sets the clock now and then
 * @param storm how long all this lasts
 * @param talks whether runs ask their users
 * @param keeps whether their engines keep running meanwhile
 */
record Luck(
        int slots,
        int maxQueued,
        int clients,
        int packages,
        int upgrades,
        int faultOneIn,
        boolean aimed,
        int killOneIn,
        boolean powerCuts,
        boolean fullDisks,
        boolean clockJumps,
        Duration storm,
        boolean talks,
        boolean keeps) {
    static Luck of(Draws draws, boolean talks, boolean keeps) {
        return new Luck(
                draws.between(1, 3),
                draws.between(1, 5),
                draws.between(1, 6),
                draws.of(0, 0, 1, 3),
                draws.of(0, 0, 2, 6),
                draws.of(0, 0, 500, 100, 30),
                draws.of(true, false, false, false),
                draws.of(0, 1_000, 200, 50),
                draws.of(true, false, false),
                draws.of(true, false, false, false),
                draws.of(true, false, false),
                Duration.ofSeconds(draws.between(1, 1_200)),
                talks,
                keeps);
    }

    /** Whether the first server is of a version that took runs without a lease. Follows from the rest, so that it costs no draw. */
    boolean beginsWithoutLeases() {
        return (slots + maxQueued + clients) % 3 == 0;
    }

    /** Nothing fails but the server and the disk's space. */
    boolean isFaultless() {
        return faultOneIn == 0 && !aimed && !fullDisks;
    }

    /** Nothing but ends of the server: then each run must end as its agent did. */
    boolean isFair() {
        return isFaultless() && !powerCuts && !clockJumps;
    }
}
