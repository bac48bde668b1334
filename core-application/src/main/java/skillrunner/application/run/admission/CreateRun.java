package skillrunner.application.run.admission;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
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
import skillrunner.domain.model.ModelRules;
import skillrunner.domain.model.ModelSpec;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.FieldError;
import skillrunner.domain.problem.Refusal;
import skillrunner.domain.problem.RefusalFacts;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.run.DefaultOptionRules;
import skillrunner.domain.run.IdempotencyKey;
import skillrunner.domain.run.RequestId;
import skillrunner.domain.run.RunRequest;
import skillrunner.domain.run.RuntimeOptionRules;
import skillrunner.domain.run.RuntimeOptions;
import skillrunner.domain.skill.ExecutionMode;
import skillrunner.domain.skill.InputContract;
import skillrunner.domain.skill.SchemaDefaults;
import skillrunner.domain.skill.SchemaKind;
import skillrunner.domain.skill.SkillId;
import skillrunner.domain.skill.SkillManifest;

/** Accepts a request for a run. Stores nothing before every check has passed. Safe for concurrent use. */
public final class CreateRun {
    private final SkillStore skills;
    private final Engines engines;
    private final ModelCatalogue models;
    private final SchemaValidator schemas;
    private final RunRequests requests;
    private final RunAdmission admission;
    private final RequestDigest digest;
    private final IdSource ids;
    private final Clock clock;
    private final RunSettings settings;

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
        this.engines = Objects.requireNonNull(engines);
        this.models = Objects.requireNonNull(models);
        this.schemas = Objects.requireNonNull(schemas);
        this.requests = Objects.requireNonNull(requests);
        this.admission = Objects.requireNonNull(admission);
        this.digest = new RequestDigest(keys);
        this.ids = Objects.requireNonNull(ids);
        this.clock = Objects.requireNonNull(clock);
        this.settings = Objects.requireNonNull(settings);
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
        Optional<KeyUse> use = key.map(given -> new KeyUse(given, digest.of(command)));
        return use.flatMap(this::told)
                .or(() -> accept(command, use))
                // Empty only if another request under the key was stored meanwhile; then it is found.
                .orElseGet(() -> use.flatMap(this::told).orElseThrow());
    }

    private Optional<Acceptance> told(KeyUse use) {
        return requests.acceptedUnder(use.key()).map(earlier -> {
            if (!earlier.question().equals(use.question())) {
                throw new RefusedException(
                        ErrorCode.IDEMPOTENCY_KEY_REUSED,
                        "The Idempotency-Key was used for a request with another body; take a new key");
            }
            return earlier.acceptance();
        });
    }

    private Optional<Acceptance> accept(CreateRunCommand command, Optional<KeyUse> key) {
        InstalledSkill skill = SkillId.parse(command.skillId())
                .flatMap(skills::find)
                .orElseThrow(() -> new RefusedException(
                        ErrorCode.SKILL_NOT_FOUND, "There is no skill with the id '" + shown(command.skillId()) + "'"));
        SkillManifest manifest = skill.manifest();
        EngineId engine = engine(command.engine(), manifest);
        EngineDriver driver = engines.usable(engine)
                .orElseThrow(() -> new RefusedException(
                        ErrorCode.ENGINE_NOT_IN_USE, "The engine '" + engine + "' is not in use on this server"));
        RuntimeOptions options = RuntimeOptionRules.read(
                DefaultOptionRules.merged(manifest.defaultOptions(), command.runtimeOptions()),
                settings.sessionTimeoutSeconds());
        Optional<ModelSpec> model =
                command.model().filter(text -> !text.isEmpty()).map(text -> model(driver, text));
        checkMode(manifest, driver, options.executionMode());
        InputContract contract = skill.inputContract();
        Map<String, Object> input = inlineInput(command.input(), contract);
        RunRequest request = new RunRequest(
                new RequestId(ids.next()),
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

    private EngineId engine(String text, SkillManifest manifest) {
        EngineId engine = EngineId.parse(text)
                .filter(engines.known()::contains)
                .orElseThrow(() -> RefusedException.invalid(
                        "/engine", "must be one of " + String.join(", ", names(engines.known()))));
        List<EngineId> effective = manifest.effectiveEngines(engines.known());
        if (!effective.contains(engine)) {
            throw new Refusal(
                            ErrorCode.SKILL_ENGINE_UNSUPPORTED,
                            "The skill '" + manifest.id() + "' does not support the engine '" + engine + "'",
                            new RefusalFacts.SkillEngines(
                                    manifest.engines(), manifest.unsupportedEngines(), effective, engine))
                    .toException();
        }
        return engine;
    }

    private ModelSpec model(EngineDriver driver, String text) {
        ModelRules.Reading reading =
                ModelRules.read(driver.engine(), driver.modelForm(), text, models.models(driver.engine()));
        if (reading instanceof ModelRules.Reading.Known known) {
            return known.model();
        }
        String reason = ((ModelRules.Reading.Refused) reading).reason();
        throw new Refusal(ErrorCode.MODEL_UNKNOWN, reason, List.of(new FieldError("/model", reason))).toException();
    }

    private static void checkMode(SkillManifest manifest, EngineDriver driver, ExecutionMode mode) {
        if (!manifest.executionModes().contains(mode)
                || !driver.executionModes().contains(mode)) {
            String who = manifest.executionModes().contains(mode)
                    ? "The engine '" + driver.engine() + "' can't run"
                    : "The skill '" + manifest.id() + "' does not run";
            throw new Refusal(
                            ErrorCode.SKILL_EXECUTION_MODE_UNSUPPORTED,
                            who + " in the mode '" + mode.wire() + "'",
                            new RefusalFacts.SkillModes(manifest.executionModes(), mode))
                    .toException();
        }
    }

    private Map<String, Object> inlineInput(Object input, InputContract contract) {
        Map<String, Object> values = new LinkedHashMap<>();
        if (input instanceof Map<?, ?> object) {
            object.forEach((key, value) -> values.put(String.valueOf(key), value));
        } else if (contract.inlineKeys().size() == 1) {
            values.put(contract.inlineKeys().iterator().next(), input);
        } else {
            throw RefusedException.invalid("/input", "must be an object of inline values");
        }
        List<FieldError> errors = new ArrayList<>();
        for (String key : new TreeSet<>(values.keySet())) {
            String pointer = "/input/" + key.replace("~", "~0").replace("/", "~1");
            if (contract.fileKeys().contains(key)) {
                errors.add(new FieldError(pointer, "comes as an uploaded file, not in the request"));
            } else if (!contract.inlineKeys().contains(key)) {
                errors.add(new FieldError(pointer, "is not an input of this skill"));
            }
        }
        if (!errors.isEmpty()) {
            throw Refusal.invalid(errors).toException();
        }
        Map<String, Object> filled = SchemaDefaults.filled(contract.inlineSchema(), values);
        List<String> breaches = validated(contract.inlineSchema(), filled);
        if (!breaches.isEmpty()) {
            List<FieldError> places = breaches.stream()
                    .map(breach -> new FieldError("/input", breach))
                    .toList();
            throw new Refusal(
                            ErrorCode.REQUEST_INVALID,
                            "Input validation failed: " + String.join("; ", breaches),
                            places)
                    .toException();
        }
        return filled;
    }

    /** A schema that can't be used is a fault of the skill, which whoever reads the answer can't mend but can pass on. */
    private List<String> validated(Map<String, Object> schema, Map<String, Object> values) {
        try {
            return schemas.validate(schema, values);
        } catch (IllegalArgumentException e) {
            throw new RefusedException(
                    ErrorCode.SKILL_DEGRADED, "The skill's input schema can't be used: " + e.getMessage());
        }
    }

    private static List<String> names(List<EngineId> engines) {
        return engines.stream().map(EngineId::wire).toList();
    }

    /** Ids from outside go into messages only as far as they could be real ones. */
    private static String shown(String id) {
        return id.length() <= 64 ? id : id.substring(0, 64) + "...";
    }
}
