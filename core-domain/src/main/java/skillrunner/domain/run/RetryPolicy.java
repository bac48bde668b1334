package skillrunner.domain.run;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * How often something that could not be done is tried again, and how long to wait before each time.
 *
 * @param pauses the pause after the first failure, after the second, and so on; after one more it is given up
 */
public record RetryPolicy(List<Duration> pauses) {
    /** A look at a file, a process or the database that could not be taken: a minute in all. */
    public static final RetryPolicy LOOK =
            ofMillis(250, 500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000, 10_000, 15_000);

    /** What a server needs before it can serve: half a minute, and what each try waits by itself. */
    public static final RetryPolicy START = ofMillis(250, 500, 1_000, 2_000, 4_000, 8_000, 15_000);

    /** Ending the processes of a run, each time with the whole sequence of signals. */
    public static final RetryPolicy STOP = ofMillis(2_000, 2_000, 4_000, 8_000, 15_000);

    /** Trying out what keeps runs together: long enough for a machine that has too much to do to get its breath. */
    public static final RetryPolicy TRIAL = ofMillis(100, 400, 1_000);

    /** Writing the files and rows that end a run. */
    public static final RetryPolicy END_WHOLE = ofMillis(1_000, 2_000, 4_000, 8_000, 15_000);

    /** Writing the row alone, once the files were given up; the run keeps its slot that long. */
    public static final RetryPolicy END_IN_DATABASE = ofMillis(1_000, 5_000, 15_000, 30_000);

    /** Between two tries of a run that no longer holds a slot. */
    public static final Duration WITHOUT_SLOT = Duration.ofMinutes(1);

    /** Copies the list. */
    public RetryPolicy {
        pauses = List.copyOf(pauses);
    }

    private static RetryPolicy ofMillis(long... millis) {
        return new RetryPolicy(
                Arrays.stream(millis).mapToObj(Duration::ofMillis).toList());
    }

    /**
     * Says whether to try again.
     *
     * @param failures how often it failed so far, at least 1
     * @return how long to wait before the next try; empty if it is given up
     */
    public Optional<Duration> pauseAfter(int failures) {
        return failures <= pauses.size() ? Optional.of(pauses.get(failures - 1)) : Optional.empty();
    }
}
