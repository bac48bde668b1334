package skillrunner.application.run.admission;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import skillrunner.application.engine.EngineDriver;
import skillrunner.application.engine.Engines;
import skillrunner.application.json.SchemaBreach;
import skillrunner.application.json.SchemaValidator;
import skillrunner.application.model.ModelCatalogue;
import skillrunner.application.run.RunSettings;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.json.JsonPointer;
import skillrunner.domain.model.ModelRules;
import skillrunner.domain.model.ModelSpec;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.FieldError;
import skillrunner.domain.problem.Refusal;
import skillrunner.domain.problem.RefusalFacts;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.run.DefaultOptionRules;
import skillrunner.domain.run.RuntimeOptionRules;
import skillrunner.domain.run.RuntimeOptions;
import skillrunner.domain.skill.ExecutionMode;
import skillrunner.domain.skill.InputContract;
import skillrunner.domain.skill.SchemaDefaults;
import skillrunner.domain.skill.SkillManifest;

/**
 * What is asked of a request for a run, one check each: of every kind of request the same. A check that fails throws a {@link
 * RefusedException} with the code that names it. Safe for concurrent use.
 */
final class RequestChecks {
    private final Engines engines;
    private final ModelCatalogue models;
    private final SchemaValidator schemas;
    private final RunSettings settings;

    RequestChecks(Engines engines, ModelCatalogue models, SchemaValidator schemas, RunSettings settings) {
        this.engines = Objects.requireNonNull(engines);
        this.models = Objects.requireNonNull(models);
        this.schemas = Objects.requireNonNull(schemas);
        this.settings = Objects.requireNonNull(settings);
    }

    /** An engine by the name that a client sent. */
    EngineId engine(String text) {
        return EngineId.parse(text)
                .filter(engines.known()::contains)
                .orElseThrow(() -> RefusedException.invalid("/engine", "must be one of " + engines.knownNames()));
    }

    /** Whether a skill runs on an engine. */
    void support(SkillManifest manifest, EngineId engine) {
        List<EngineId> effective = manifest.effectiveEngines(engines.known());
        if (!effective.contains(engine)) {
            throw new Refusal(
                            ErrorCode.SKILL_ENGINE_UNSUPPORTED,
                            "The skill '" + manifest.id() + "' does not support the engine '" + engine + "'",
                            new RefusalFacts.SkillEngines(
                                    manifest.engines(), manifest.unsupportedEngines(), effective, engine))
                    .toException();
        }
    }

    /** The driver of an engine that this server uses. */
    EngineDriver driver(EngineId engine) {
        return engines.usable(engine)
                .orElseThrow(() -> new RefusedException(
                        ErrorCode.ENGINE_NOT_IN_USE, "The engine '" + engine + "' is not in use on this server"));
    }

    /** How to run it: what the client says, over what its skill presets. */
    RuntimeOptions options(Map<String, Object> presets, Map<String, Object> given) {
        return RuntimeOptionRules.read(DefaultOptionRules.merged(presets, given), settings.sessionTimeoutSeconds());
    }

    /** A model by the name that a client sent; an empty one counts as none. */
    Optional<ModelSpec> model(EngineDriver driver, Optional<String> name) {
        return name.filter(text -> !text.isEmpty()).map(text -> model(driver, text));
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

    /** Whether a skill and an engine run in a mode. */
    static void mode(SkillManifest manifest, EngineDriver driver, ExecutionMode mode) {
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

    /** The inline values a client sent, by input key, with the defaults of those it left out; nothing is asked of them but their names. */
    static Map<String, Object> inlineValues(Object input, InputContract contract) {
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
            String pointer = JsonPointer.member("/input", key);
            if (contract.fileKeys().contains(key)) {
                errors.add(new FieldError(pointer, "comes as an uploaded file, not in the request"));
            } else if (!contract.inlineKeys().contains(key)) {
                errors.add(new FieldError(pointer, "is not an input of this skill"));
            }
        }
        if (!errors.isEmpty()) {
            throw Refusal.invalid(errors).toException();
        }
        return SchemaDefaults.filled(contract.inlineSchema(), values);
    }

    /** The same values, if they are all that the skill asks for. */
    Map<String, Object> inlineInput(Object input, InputContract contract) {
        Map<String, Object> values = inlineValues(input, contract);
        List<SchemaBreach> breaches = breaches(contract.inlineSchema(), values);
        if (!breaches.isEmpty()) {
            throw new Refusal(
                            ErrorCode.REQUEST_INVALID,
                            "Input validation failed: "
                                    + breaches.stream().map(SchemaBreach::text).collect(Collectors.joining("; ")),
                            breaches.stream()
                                    .map(breach -> new FieldError("/input" + breach.pointer(), breach.message()))
                                    .toList())
                    .toException();
        }
        return values;
    }

    /** A schema that can't be used is a fault of the skill, which whoever reads the answer can't mend but can pass on. */
    private List<SchemaBreach> breaches(Map<String, Object> schema, Map<String, Object> values) {
        try {
            return schemas.breaches(schema, values);
        } catch (IllegalArgumentException e) {
            throw new RefusedException(
                    ErrorCode.SKILL_DEGRADED, "The skill's input schema can't be used: " + e.getMessage());
        }
    }
}
