package skillrunner.application.run;

import java.util.Optional;
import java.util.stream.IntStream;
import skillrunner.domain.run.Attempt;
import skillrunner.domain.run.RunId;

/** Remembers the attempts of runs across restarts. Implementations are safe for concurrent use. */
public interface Attempts {
    /**
     * Stores an attempt, replacing what was known of it.
     *
     * @param attempt the attempt
     */
    void save(Attempt attempt);

    /**
     * Finds an attempt.
     *
     * @param run the run
     * @param number its number
     * @return the attempt, or empty
     */
    Optional<Attempt> find(RunId run, int number);

    /**
     * Finds the attempt that wrote last: one that ended before anything was begun for it has left no trace, and what was written before it is
     * all there is.
     *
     * @param run the run
     * @param number the run's own newest number
     * @return the newest attempt up to this number that there is, or empty
     */
    default Optional<Attempt> newest(RunId run, int number) {
        return IntStream.iterate(number, each -> each > 0, each -> each - 1)
                .mapToObj(each -> find(run, each))
                .flatMap(Optional::stream)
                .findFirst();
    }
}
