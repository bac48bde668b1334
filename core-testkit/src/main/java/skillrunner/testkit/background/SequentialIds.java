package skillrunner.testkit.background;

import java.util.concurrent.atomic.AtomicLong;
import skillrunner.application.background.IdSource;

/** Counts: the n-th id ends in n and is a valid UUID text. Safe for concurrent use. */
public final class SequentialIds implements IdSource {
    private final AtomicLong last = new AtomicLong();

    @Override
    public String next() {
        return id(last.incrementAndGet());
    }

    /**
     * Returns the id with a number.
     *
     * @param number the number, not negative
     * @return a UUID text
     */
    public static String id(long number) {
        return String.format("00000000-0000-4000-8000-%012x", number);
    }
}
