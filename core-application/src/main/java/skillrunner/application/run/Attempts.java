package skillrunner.application.run;

import java.util.Optional;
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
}
