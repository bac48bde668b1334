package skillrunner.application.run.cache;

import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.Objects;
import skillrunner.application.skill.SkillStore;
import skillrunner.application.storage.UnavailableException;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunRequest;

/**
 * Lets the answer of a run stand for the same question asked again. It is found only once the run is stored as succeeded, so it may be
 * remembered before; again after a crash. Safe for concurrent use.
 */
public final class RememberRun {
    private static final System.Logger LOG = System.getLogger(RememberRun.class.getName());

    private final RunCache cache;
    private final CacheKeys keys;
    private final SkillStore skills;
    private final Clock clock;

    /**
     * Takes its collaborators.
     *
     * @param cache where it is remembered
     * @param keys tells whether a skill is as it was
     * @param skills the installed skills
     * @param clock says since when
     */
    public RememberRun(RunCache cache, CacheKeys keys, SkillStore skills, Clock clock) {
        this.cache = Objects.requireNonNull(cache);
        this.keys = Objects.requireNonNull(keys);
        this.skills = Objects.requireNonNull(skills);
        this.clock = Objects.requireNonNull(clock);
    }

    /**
     * Remembers a run, if its request may be answered by others of its kind and its skill has not changed since.
     *
     * @param run the run
     * @param request its request
     */
    public void remember(Run run, RunRequest request) {
        if (request.cacheKey().isPresent() && isUnchanged(run, request)) {
            cache.put(request.cacheKey().get(), run.id(), clock.instant());
        }
    }

    /** A skill that went away meanwhile, or does not answer, is no reason against a run that has its answer. */
    private boolean isUnchanged(Run run, RunRequest request) {
        try {
            return skills.find(request.skill())
                    .map(skill -> keys.fingerprint(skills.fileHashes(skill)))
                    .equals(request.skillFingerprint());
        } catch (UnavailableException | UncheckedIOException e) {
            LOG.log(System.Logger.Level.WARNING, "run run_id={0} is not remembered: {1}", run.id(), e.toString());
            return false;
        }
    }
}
