package skillrunner.application.run;

import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import skillrunner.application.background.IdSource;
import skillrunner.application.skill.InstalledSkill;
import skillrunner.application.skill.SkillStore;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunId;
import skillrunner.domain.run.RunRequest;
import skillrunner.domain.skill.ExecutionMode;

/** Turns a complete request into a queued run, or into a share of one that has answered the same question. */
public final class RunAdmission {
    private final Runs runs;
    private final RunCache cache;
    private final RunWorkspaces workspaces;
    private final Uploads uploads;
    private final SkillStore skills;
    private final CacheKeys keys;
    private final RunDispatcher dispatcher;
    private final IdSource ids;
    private final Clock clock;
    private final RunSettings settings;

    /**
     * Takes its collaborators.
     *
     * @param runs stores the run
     * @param cache finds earlier answers
     * @param workspaces tells whether an earlier answer is still there
     * @param uploads digests the uploaded files
     * @param skills digests the skill
     * @param keys makes cache keys
     * @param dispatcher is told of new runs
     * @param ids names the run
     * @param clock dates it
     * @param settings limit of the queue
     */
    public RunAdmission(
            Runs runs,
            RunCache cache,
            RunWorkspaces workspaces,
            Uploads uploads,
            SkillStore skills,
            CacheKeys keys,
            RunDispatcher dispatcher,
            IdSource ids,
            Clock clock,
            RunSettings settings) {
        this.runs = Objects.requireNonNull(runs);
        this.cache = Objects.requireNonNull(cache);
        this.workspaces = Objects.requireNonNull(workspaces);
        this.uploads = Objects.requireNonNull(uploads);
        this.skills = Objects.requireNonNull(skills);
        this.keys = Objects.requireNonNull(keys);
        this.dispatcher = Objects.requireNonNull(dispatcher);
        this.ids = Objects.requireNonNull(ids);
        this.clock = Objects.requireNonNull(clock);
        this.settings = Objects.requireNonNull(settings);
    }

    /**
     * Admits a request.
     *
     * @param request a request without a run
     * @param skill its skill
     * @return the request, bound to its run
     * @throws RefusedException with {@code RUN_QUEUE_FULL} or {@code RUN_ALREADY_STARTED}; nothing is stored then
     */
    RunRequest admit(RunRequest request, InstalledSkill skill) {
        Map<String, String> hashes = skills.fileHashes(skill);
        String fingerprint = keys.fingerprint(hashes);
        Optional<String> key = request.options().executionMode() == ExecutionMode.AUTO
                ? Optional.of(keys.key(request, fingerprint, uploads.digests(request.id())))
                : Optional.empty();
        RunRequest asking = request.asking(fingerprint, key);
        Optional<RunId> earlier = request.options().noCache() ? Optional.empty() : key.flatMap(this::answered);
        if (earlier.isPresent()) {
            RunRequest bound = asking.servedBy(earlier.get(), true);
            if (!runs.bindToEnded(bound)) {
                throw alreadyStarted();
            }
            uploads.discard(request.id());
            return bound;
        }
        Run run = Run.queued(new RunId(ids.next()), request.id(), request.skill(), request.engine(), clock.instant());
        RunRequest bound = asking.servedBy(run.id(), false);
        switch (runs.admit(bound, run, settings.maxQueued())) {
            case QUEUE_FULL ->
                throw new RefusedException(
                        ErrorCode.RUN_QUEUE_FULL,
                        "Job queue is full: " + settings.maxQueued() + " runs are waiting; try again later");
            case ALREADY_STARTED -> throw alreadyStarted();
            case ADMITTED -> dispatcher.wake();
        }
        return bound;
    }

    private Optional<RunId> answered(String key) {
        Optional<RunId> run = cache.find(key);
        if (run.isPresent() && workspaces.readResult(run.get()).isEmpty()) {
            cache.remove(key);
            return Optional.empty();
        }
        return run;
    }

    private static RefusedException alreadyStarted() {
        return new RefusedException(ErrorCode.RUN_ALREADY_STARTED, "The run of this request has already been started");
    }
}
