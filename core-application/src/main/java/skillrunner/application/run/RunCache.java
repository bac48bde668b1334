package skillrunner.application.run;

import java.time.Instant;
import java.util.Optional;
import skillrunner.domain.run.RunId;

/** Remembers which run answered which question. Implementations are safe for concurrent use. */
public interface RunCache {
    /**
     * Finds the run that answered a question with success.
     *
     * @param key what was asked, see {@link CacheKeys}
     * @return a run that succeeded, or empty
     */
    Optional<RunId> find(String key);

    /**
     * Remembers a run, replacing an older one. It is found only once it has succeeded.
     *
     * @param key what was asked
     * @param run the run
     * @param now when
     */
    void put(String key, RunId run, Instant now);

    /**
     * Forgets a run whose files are gone.
     *
     * @param key what was asked
     */
    void remove(String key);
}
