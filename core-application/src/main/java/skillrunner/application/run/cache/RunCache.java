package skillrunner.application.run.cache;

import java.time.Instant;
import java.util.Optional;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.run.RunId;
import skillrunner.domain.skill.SkillId;

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
     * Tells whether any question to a skill on an engine was answered with success. May take longer than {@link #find}.
     *
     * @param skill the skill
     * @param engine the engine
     * @return false if no run can be found, whatever is asked
     */
    boolean mayAnswer(SkillId skill, EngineId engine);

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
