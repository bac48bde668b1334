package skillrunner.application.run.admission;

import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import skillrunner.application.background.IdSource;
import skillrunner.application.engine.EngineDriver;
import skillrunner.application.engine.Engines;
import skillrunner.application.json.SchemaValidator;
import skillrunner.application.model.ModelCatalogue;
import skillrunner.application.run.RunSettings;
import skillrunner.application.run.cache.CacheKeys;
import skillrunner.application.skill.InstalledSkill;
import skillrunner.application.skill.SkillStore;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.model.ModelSpec;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.run.IdempotencyKey;
import skillrunner.domain.run.RequestId;
import skillrunner.domain.run.RequestKind;
import skillrunner.domain.run.RunRequest;
import skillrunner.domain.run.RuntimeOptions;
import skillrunner.domain.skill.InputContract;
import skillrunner.domain.skill.SchemaDefaults;
import skillrunner.domain.skill.SchemaKind;
import skillrunner.domain.skill.SkillId;
import skillrunner.domain.skill.SkillManifest;

/** Accepts a request for a run. Stores nothing before every check has passed. Safe for concurrent use. */
public final class CreateRun {
    private final SkillStore skills;
    private final RequestChecks checks;
    private final RunRequests requests;
    private final RunAdmission admission;
    private final RequestDigest digest;
    private final OncePerKey keyed;
    private final IdSource ids;
    private final Clock clock;

    /**
     * Takes its collaborators.
     *
     * @param skills finds the skill
     * @param engines knows which engines may be used
     * @param models knows which models may be asked for
     * @param schemas checks inline values
     * @param requests stores requests that wait for files
     * @param admission queues the others
     * @param keys digests what is asked under a key
     * @param ids names the request
     * @param clock dates it
     * @param settings default limits
     */
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
        this.skills = Objects.requireNonNull(skills);
        this.checks = new RequestChecks(engines, models, schemas, settings);
        this.requests = Objects.requireNonNull(requests);
        this.admission = Objects.requireNonNull(admission);
        this.digest = new RequestDigest(keys);
        this.keyed = new OncePerKey(requests);
        this.ids = Objects.requireNonNull(ids);
        this.clock = Objects.requireNonNull(clock);
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
        InstalledSkill skill = SkillId.parse(command.skillId())
                .flatMap(skills::find)
                .orElseThrow(() -> new RefusedException(
                        ErrorCode.SKILL_NOT_FOUND, "There is no skill with the id '" + shown(command.skillId()) + "'"));
        SkillManifest manifest = skill.manifest();
        EngineId engine = checks.engine(command.engine());
        checks.support(manifest, engine);
        EngineDriver driver = checks.driver(engine);
        RuntimeOptions options = checks.options(manifest.defaultOptions(), command.runtimeOptions());
        Optional<ModelSpec> model = checks.model(driver, command.model());
        RequestChecks.mode(manifest, driver, options.executionMode());
        InputContract contract = skill.inputContract();
        Map<String, Object> input = checks.inlineInput(command.input(), contract);
        RunRequest request = new RunRequest(
                new RequestId(ids.next()),
                RequestKind.JOB,
                manifest.id(),
                engine,
                model,
                input,
                SchemaDefaults.filled(skill.schema(SchemaKind.PARAMETER), command.parameter()),
                options,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                clock.instant());
        if (command.awaitUpload() || !contract.requiredFileKeys().isEmpty()) {
            Acceptance acceptance = Acceptance.of(request, admission.foresee(request));
            boolean stored = requests.addAwaiting(request, key.map(use -> use.accepting(acceptance)));
            return stored ? Optional.of(acceptance) : Optional.empty();
        }
        return admission.admit(request, skill, key);
    }

    /** Ids from outside go into messages only as far as they could be real ones. */
    private static String shown(String id) {
        return id.length() <= 64 ? id : id.substring(0, 64) + "...";
    }
}
