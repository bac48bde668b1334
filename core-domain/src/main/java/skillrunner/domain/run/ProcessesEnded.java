package skillrunner.domain.run;

import java.util.Objects;
import java.util.Optional;

/**
 * How the processes of an attempt ended that did not end by themselves before its CLI did: those that worked when the server
 * ended the attempt, and those that the CLI left. What ended earlier is nobody's to count.
 *
 * @param ended how many of them ended
 * @param left how many are still there, although everything was tried
 * @param seen whether somebody could look in time; if not, more may have ended with a PID namespace or with the machine
 * @param last of those that were seen last, one that is still there or the one that began last
 */
public record ProcessesEnded(int ended, int left, boolean seen, Optional<Last> last) {
    /** Nobody could look. */
    public static final ProcessesEnded UNSEEN = new ProcessesEnded(0, 0, false, Optional.empty());

    /** Somebody looked, and nothing was there. */
    public static final ProcessesEnded NONE = new ProcessesEnded(0, 0, true, Optional.empty());

    /** Refuses null and negative numbers. */
    public ProcessesEnded {
        Objects.requireNonNull(last);
        if (ended < 0 || left < 0) {
            throw new IllegalArgumentException("a negative number of processes");
        }
    }

    /**
     * A process.
     *
     * @param pid its number on the machine, or what the run itself saw as its number if its namespace ended it
     * @param name its program; the process chose it, so it is cut and made harmless
     * @param end how it ended
     */
    public record Last(long pid, String name, ProcessEnd end) {
        private static final int MOST_CHARACTERS = 64;

        /** Cuts the name and refuses null. */
        public Last {
            name = ShownText.of(name, MOST_CHARACTERS);
            Objects.requireNonNull(end);
        }
    }

    /**
     * Adds what a later look came to. A namespace ends once: what is told of that after somebody ended all of it tells of the same
     * processes.
     *
     * @param later the later look
     * @return both together; what the first one had to leave is told by the later one
     */
    public ProcessesEnded and(ProcessesEnded later) {
        boolean same = seen
                && left == 0
                && later.left == 0
                && later.last
                        .filter(it -> it.end() == ProcessEnd.WITH_NAMESPACE)
                        .isPresent();
        return same
                ? this
                : new ProcessesEnded(ended + later.ended, later.left, seen || later.seen, later.last.or(() -> last));
    }
}
