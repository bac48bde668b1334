package skillrunner.application.run.admission;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import skillrunner.application.background.IdSource;
import skillrunner.application.engine.EngineReadiness;
import skillrunner.application.run.RunSettings;
import skillrunner.application.run.RunSignals;
import skillrunner.application.run.cache.CacheKeys;
import skillrunner.application.run.cache.RunCache;
import skillrunner.application.run.result.RunRecords;
import skillrunner.application.skill.InstalledSkill;
import skillrunner.application.skill.SkillStore;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunId;
import skillrunner.domain.run.RunRequest;

/** Turns a complete request into a queued run, or into a share of one that has answered the same question. */
public final class RunAdmission {
    private static final System.Logger LOG = System.getLogger(RunAdmission.class.getName());

    private final RunRequests requests;
    private final RunCache cache;
    private final RunRecords records;
    private final Uploads uploads;
    private final SkillStore skills;
    private final CacheKeys keys;
    private final RunSignals signals;
    private final IdSource ids;
    private final Clock clock;
    private final RunSettings settings;
    private final EngineReadiness readiness;

    public RunAdmission(
            RunRequests requests,
            RunCache cache,
            RunRecords records,
            Uploads uploads,
            SkillStore skills,
            CacheKeys keys,
            EngineReadiness readiness,
            RunSignals signals,
            IdSource ids,
            Clock clock,
            RunSettings settings) {
        this.requests = Objects.requireNonNull(requests);
        this.cache = Objects.requireNonNull(cache);
        this.records = Objects.requireNonNull(records);
        this.uploads = Objects.requireNonNull(uploads);
        this.skills = Objects.requireNonNull(skills);
        this.keys = Objects.requireNonNull(keys);
        this.readiness = Objects.requireNonNull(readiness);
        this.signals = Objects.requireNonNull(signals);
        this.ids = Objects.requireNonNull(ids);
        this.clock = Objects.requireNonNull(clock);
        this.settings = Objects.requireNonNull(settings);
    }

    /**
     * Admits a request.
     *
     * @param request a request without a run
     * @param skill its skill
     * @param use the key it is sent under for the first time, if any, with the digest of what is asked
     * @return what the client is told, or empty if another request was accepted under the key
     * @throws RefusedException with {@code ENGINE_NOT_INSTALLED}, {@code ENGINE_VERSION_UNSUPPORTED},
     *     {@code RUN_QUEUE_FULL} or {@code RUN_ALREADY_STARTED};
     *     nothing is stored then
     */
    Optional<Acceptance> admit(RunRequest request, InstalledSkill skill, Optional<KeyUse> use) {
        return admit(request, skill, new Arriving(use));
    }

    /**
     * Admits a request that waited for its files.
     *
     * @param request a stored request without a run
     * @param skill its skill
     * @return what the client is told
     * @throws RefusedException as {@link #admit} does, or with {@code REQUEST_NOT_FOUND} if the request was removed meanwhile;
     *     nothing is stored then
     */
    Acceptance admitAwaiting(RunRequest request, InstalledSkill skill) {
        // Without a key nobody else can have used it.
        return admit(request, skill, new Waiting()).orElseThrow();
    }

    /** How a request is stored together with what serves it. */
    private interface Filing {
        RunRequests.Admission queue(RunRequest bound, Run run, Acceptance told);

        RunRequests.Admission share(RunRequest bound, Acceptance told);
    }

    /** A request that may be new. */
    private final class Arriving implements Filing {
        private final Optional<KeyUse> use;

        Arriving(Optional<KeyUse> use) {
            this.use = use;
        }

        @Override
        public RunRequests.Admission queue(RunRequest bound, Run run, Acceptance told) {
            return requests.admit(bound, run, settings.maxQueued(), keyed(told));
        }

        @Override
        public RunRequests.Admission share(RunRequest bound, Acceptance told) {
            return requests.bindToEnded(bound, keyed(told));
        }

        private Optional<KeyedAcceptance> keyed(Acceptance told) {
            return use.map(given -> given.accepting(told));
        }
    }

    /** A request that must be stored already. */
    private final class Waiting implements Filing {
        @Override
        public RunRequests.Admission queue(RunRequest bound, Run run, Acceptance told) {
            return requests.admitAwaiting(bound, run, settings.maxQueued());
        }

        @Override
        public RunRequests.Admission share(RunRequest bound, Acceptance told) {
            return requests.bindAwaiting(bound);
        }
    }

    private Optional<Acceptance> admit(RunRequest request, InstalledSkill skill, Filing filing) {
        Question question = question(request, skill);
        RunRequest asking = question.asking();
        question.lost().ifPresent(cache::remove);
        if (question.earlier().isPresent()) {
            RunRequest bound = asking.servedBy(question.earlier().get(), true);
            Acceptance acceptance = Acceptance.of(bound, List.of());
            RunRequests.Admission shared = filing.share(bound, acceptance);
            // An answer that is removed between being found and being told is as good as none.
            if (shared != RunRequests.Admission.RUN_GONE) {
                Optional<Acceptance> told = told(shared, acceptance);
                uploads.discard(request.id());
                return told;
            }
        }
        return queue(asking, filing);
    }

    /**
     * Admits a request that brought its own skill; no earlier run answers it, and it answers no later one.
     *
     * @param request a request without a run
     * @return what the client is told
     * @throws RefusedException as {@link #admit} does
     */
    Acceptance admitTemporary(RunRequest request) {
        // Its key, if it has one, was used when the request came.
        return queue(request, new Arriving(Optional.empty())).orElseThrow();
    }

    private Optional<Acceptance> queue(RunRequest asking, Filing filing) {
        List<String> warnings = ready(asking);
        Run run = Run.queued(new RunId(ids.next()), asking.id(), asking.skill(), asking.engine(), clock.instant())
                .warned(warnings);
        RunRequest bound = asking.servedBy(run.id(), false);
        Acceptance acceptance = Acceptance.of(bound, warnings);
        Optional<Acceptance> told = told(filing.queue(bound, run, acceptance), acceptance);
        if (told.isPresent()) {
            warnings.forEach(warning ->
                    LOG.log(System.Logger.Level.WARNING, "run run_id={0} queued with {1}", run.id(), warning));
            signals.wakeQueue();
        }
        return told;
    }

    /**
     * A request as it is asked, and who has answered it.
     *
     * @param asking the request with the digests of its question
     * @param earlier the run that answered it
     * @param lost the key under which a run is remembered whose answer is gone
     */
    record Question(RunRequest asking, Optional<RunId> earlier, Optional<String> lost) {}

    /** Digests a request whose files have come, and looks for an earlier answer. Changes nothing. */
    Question question(RunRequest request, InstalledSkill skill) {
        String fingerprint = keys.fingerprint(skills.fileHashes(skill));
        Optional<String> key = request.isReusable()
                ? Optional.of(keys.key(request, fingerprint, uploadDigests(request)))
                : Optional.empty();
        Optional<RunId> found = request.options().noCache() ? Optional.empty() : key.flatMap(cache::find);
        Optional<RunId> earlier = found.filter(run -> records.storedResult(run).isPresent());
        return new Question(
                request.asking(fingerprint, key),
                earlier,
                found.isPresent() && earlier.isEmpty() ? key : Optional.empty());
    }

    /**
     * Tells what may go wrong with a run.
     *
     * @throws RefusedException with {@code ENGINE_NOT_INSTALLED} or {@code ENGINE_VERSION_UNSUPPORTED}
     */
    List<String> ready(RunRequest request) {
        return readiness.warnings(request.engine());
    }

    /**
     * Looks whether one more run could wait.
     *
     * @param waiting how many wait
     * @throws RefusedException with {@code RUN_QUEUE_FULL} if it could not
     */
    void refuseIfFull(int waiting) {
        if (waiting >= settings.maxQueued()) {
            throw full();
        }
    }

    /**
     * Tells what may go wrong with a request that waits for its files.
     *
     * @param request a request without a run
     * @return stable words about it
     * @throws RefusedException with {@code ENGINE_NOT_INSTALLED} or {@code ENGINE_VERSION_UNSUPPORTED} if no engine could carry it out and no earlier run could
     *     answer it, whatever files come
     */
    List<String> foresee(RunRequest request) {
        try {
            return readiness.warnings(request.engine());
        } catch (RefusedException e) {
            if (!request.options().noCache()
                    && request.isReusable()
                    && cache.mayAnswer(request.skill(), request.engine())) {
                return List.of(e.refusal().code().name());
            }
            throw e;
        }
    }

    private Optional<Acceptance> told(RunRequests.Admission admission, Acceptance acceptance) {
        return switch (admission) {
            case ADMITTED -> Optional.of(acceptance);
            case KEY_USED -> Optional.empty();
            case QUEUE_FULL -> throw full();
            case ALREADY_STARTED ->
                throw new RefusedException(
                        ErrorCode.RUN_ALREADY_STARTED, "The run of this request has already been started");
            case REQUEST_GONE -> {
                // Whoever removed the request may have looked for its files before they were there.
                uploads.discard(acceptance.request());
                throw new RefusedException(ErrorCode.REQUEST_NOT_FOUND, "Request not found: it has just been removed");
            }
            case RUN_GONE -> throw new IllegalStateException("a run that was never stored can't be gone");
        };
    }

    private RefusedException full() {
        return new RefusedException(
                ErrorCode.RUN_QUEUE_FULL,
                "Job queue is full: " + settings.maxQueued() + " runs are waiting; try again later");
    }

    private Map<String, String> uploadDigests(RunRequest request) {
        Map<String, String> digests = new TreeMap<>();
        uploads.digests(request.id()).forEach((path, digest) -> digests.put(path, digest.sha256()));
        return digests;
    }
}
