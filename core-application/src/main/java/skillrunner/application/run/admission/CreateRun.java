package skillrunner.application.run.admission;

import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import skillrunner.application.background.IdSource;
import skillrunner.application.engine.Engines;
import skillrunner.application.json.SchemaValidator;
import skillrunner.application.model.ModelCatalogue;
import skillrunner.application.run.RunSettings;
import skillrunner.application.run.cache.CacheKeys;
import skillrunner.application.skill.SkillStore;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.run.IdempotencyKey;
import skillrunner.domain.run.RunRequest;

/** Accepts a request for a run. Stores nothing before every check has passed. Safe for concurrent use. */
public final class CreateRun {
    private final JobReading reading;
    private final RunRequests requests;
    private final RunAdmission admission;
    private final RequestDigest digest;
    private final OncePerKey keyed;

    public CreateRun(
            SkillStore skills,
            Engines engines,
            ModelCatalogue models,
            SchemaValidator schemas,
            RunRequests requests,
            RunAdmission admission,
            CacheKeys keys,
            IdSource ids,
            Clock clock,
            RunSettings settings) {
        this.reading = new JobReading(skills, new RequestChecks(engines, models, schemas, settings), ids, clock);
        this.requests = Objects.requireNonNull(requests);
        this.admission = Objects.requireNonNull(admission);
        this.digest = new RequestDigest(keys);
        this.keyed = new OncePerKey(requests);
    }

    /**
     * Accepts a request. Under a key that was used for the same request before nothing is created and nothing checked, and
     * the client is told what it was told then; of many at once with one key, one creates. A refusal uses no key.
     *
     * @param command what the client asks for
     * @param key the client's own name for this request, if it gave one
     * @return what the client is told
     * @throws RefusedException with {@code IDEMPOTENCY_KEY_REUSED} if the key was used for another request, else with the
     *     code that names the first check that failed
     */
    public Acceptance create(CreateRunCommand command, Optional<IdempotencyKey> key) {
        return keyed.once(key.map(given -> new KeyUse(given, digest.of(command))), use -> accept(command, use));
    }

    private Optional<Acceptance> accept(CreateRunCommand command, Optional<KeyUse> key) {
        JobReading.Reading read = reading.read(command, Refusals.thrown());
        RunRequest request = read.request().orElseThrow();
        if (read.awaitsFiles()) {
            Acceptance acceptance = Acceptance.of(request, admission.foresee(request));
            boolean stored = requests.addAwaiting(request, key.map(use -> use.accepting(acceptance)));
            return stored ? Optional.of(acceptance) : Optional.empty();
        }
        return admission.admit(request, read.skill().orElseThrow(), key);
    }
}
