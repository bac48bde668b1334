package skillrunner.application.run.admission;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import skillrunner.application.background.IdSource;
import skillrunner.application.engine.EngineDriver;
import skillrunner.application.engine.EngineReadiness;
import skillrunner.application.engine.Engines;
import skillrunner.application.json.SchemaValidator;
import skillrunner.application.model.ModelCatalogue;
import skillrunner.application.run.RunSettings;
import skillrunner.application.run.cache.CacheKeys;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.model.ModelSpec;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.run.IdempotencyKey;
import skillrunner.domain.run.RequestId;
import skillrunner.domain.run.RunStatus;
import skillrunner.domain.run.TempRequest;

/**
 * Accepts a request for a run of a skill that its client sends afterwards, see {@link UploadTempSkill}. What does not depend on
 * the skill is checked at once, and nothing is stored before every such check has passed. Safe for concurrent use.
 */
public final class CreateTempRun {
    private final RequestChecks checks;
    private final EngineReadiness readiness;
    private final TempRequests waiting;
    private final RequestDigest digest;
    private final OncePerKey keyed;
    private final IdSource ids;
    private final Clock clock;

    public CreateTempRun(
            Engines engines,
            ModelCatalogue models,
            SchemaValidator schemas,
            EngineReadiness readiness,
            TempRequests waiting,
            RunRequests requests,
            CacheKeys keys,
            IdSource ids,
            Clock clock,
            RunSettings settings) {
        this.checks = new RequestChecks(engines, models, schemas, settings);
        this.readiness = Objects.requireNonNull(readiness);
        this.waiting = Objects.requireNonNull(waiting);
        this.digest = new RequestDigest(keys);
        this.keyed = new OncePerKey(requests);
        this.ids = Objects.requireNonNull(ids);
        this.clock = Objects.requireNonNull(clock);
    }

    /**
     * Accepts a request, under a key as {@link CreateRun#create} does.
     *
     * @param command what the client asks for
     * @param key the client's own name for this request, if it gave one
     * @return what the client is told; its status is {@code queued} although a run exists only once the skill has come
     * @throws RefusedException with {@code IDEMPOTENCY_KEY_REUSED} if the key was used for another request, else with the
     *     code that names the first check that failed
     */
    public Acceptance create(CreateTempRunCommand command, Optional<IdempotencyKey> key) {
        return keyed.once(key.map(given -> new KeyUse(given, digest.of(command))), use -> accept(command, use));
    }

    private Optional<Acceptance> accept(CreateTempRunCommand command, Optional<KeyUse> key) {
        EngineId engine = checks.engine(command.engine());
        EngineDriver driver = checks.driver(engine);
        checks.options(Map.of(), command.runtimeOptions());
        Optional<ModelSpec> model = checks.model(driver, command.model());
        List<String> warnings = readiness.warnings(engine);
        TempRequest request = TempRequest.created(
                new RequestId(ids.next()),
                engine,
                model,
                command.input(),
                command.parameter(),
                command.runtimeOptions(),
                clock.instant());
        Acceptance acceptance = new Acceptance(request.id(), false, Optional.of(RunStatus.QUEUED), warnings);
        boolean stored = waiting.add(request, key.map(use -> use.accepting(acceptance)));
        return stored ? Optional.of(acceptance) : Optional.empty();
    }
}
