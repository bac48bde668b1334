package skillrunner.domain.run;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.model.ModelSpec;
import skillrunner.domain.skill.SkillId;

/**
 * What a client asked of a skill that it has yet to send. With the skill it becomes a {@link RunRequest} of the same id. A
 * value: each change is a new one, and each change of status goes through {@link TempRequestLifecycle#TABLE}.
 *
 * @param id names the request
 * @param engine the engine
 * @param model the model, if the client chose one
 * @param input what the skill is to be given, any JSON value as plain value; checked against the skill
 * @param parameter settings by parameter key, checked when the run executes
 * @param runtimeOptions how to run it, as the client said it and already found good; the skill may preset others
 * @param status where it stands
 * @param rejection why the last package was turned away; present exactly while that is its status
 * @param createdAt when it came
 * @param updatedAt when anything here last changed
 */
public record TempRequest(
        RequestId id,
        EngineId engine,
        Optional<ModelSpec> model,
        Object input,
        Map<String, Object> parameter,
        Map<String, Object> runtimeOptions,
        TempRequestStatus status,
        Optional<PackageRejection> rejection,
        Instant createdAt,
        Instant updatedAt) {

    /** Copies the maps and refuses a rejection that does not fit the status. */
    public TempRequest {
        Objects.requireNonNull(id);
        Objects.requireNonNull(engine);
        Objects.requireNonNull(model);
        Objects.requireNonNull(input);
        Objects.requireNonNull(status);
        Objects.requireNonNull(createdAt);
        Objects.requireNonNull(updatedAt);
        parameter = Collections.unmodifiableMap(new LinkedHashMap<>(parameter));
        runtimeOptions = Collections.unmodifiableMap(new LinkedHashMap<>(runtimeOptions));
        if ((status == TempRequestStatus.REJECTED) != rejection.isPresent()) {
            throw new IllegalArgumentException("status " + status + " with rejection " + rejection.isPresent());
        }
    }

    /**
     * A request whose package has yet to come.
     *
     * @param id names the request
     * @param engine the engine
     * @param model the model, if the client chose one
     * @param input what the skill is to be given
     * @param parameter settings by parameter key
     * @param runtimeOptions how to run it
     * @param now when
     * @return the request
     */
    public static TempRequest created(
            RequestId id,
            EngineId engine,
            Optional<ModelSpec> model,
            Object input,
            Map<String, Object> parameter,
            Map<String, Object> runtimeOptions,
            Instant now) {
        return new TempRequest(
                id,
                engine,
                model,
                input,
                parameter,
                runtimeOptions,
                TempRequestLifecycle.TABLE.initial(),
                Optional.empty(),
                now,
                now);
    }

    /**
     * A package came and was turned away.
     *
     * @param reason why
     * @param now when
     * @return the request, which waits for another one
     */
    public TempRequest rejected(PackageRejection reason, Instant now) {
        return new TempRequest(
                id,
                engine,
                model,
                input,
                parameter,
                runtimeOptions,
                TempRequestLifecycle.TABLE.apply(status, TempRequestLifecycle.Event.PACKAGE_REJECTED),
                Optional.of(reason),
                createdAt,
                now);
    }

    /**
     * A package came that fits.
     *
     * @param skill its skill
     * @param options how to run it, with what the skill presets
     * @param skillInput inline values by input key
     * @param skillParameter settings by parameter key, with what the skill presets
     * @return what the client asked for, which a run can serve now; its status here is {@link TempRequestStatus#STARTED}
     */
    public RunRequest started(
            SkillId skill, RuntimeOptions options, Map<String, Object> skillInput, Map<String, Object> skillParameter) {
        TempRequestLifecycle.TABLE.apply(status, TempRequestLifecycle.Event.PACKAGE_TAKEN);
        return new RunRequest(
                id,
                RequestKind.TEMP,
                skill,
                engine,
                model,
                skillInput,
                skillParameter,
                options,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                createdAt);
    }
}
