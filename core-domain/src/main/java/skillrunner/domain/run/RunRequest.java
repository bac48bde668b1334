package skillrunner.domain.run;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.model.ModelSpec;
import skillrunner.domain.skill.ExecutionMode;
import skillrunner.domain.skill.SkillId;

/**
 * What a client asked for, checked.
 *
 * @param id names the request
 * @param kind where the skill comes from
 * @param skill the skill
 * @param engine the engine
 * @param model the model, if the client chose one
 * @param input inline values by input key
 * @param parameter settings by parameter key, checked when the run executes
 * @param options how to run it
 * @param skillFingerprint digest of all files of the skill when the run was admitted; empty before
 * @param cacheKey what was asked, in one digest; empty before admission and for runs that are never reused
 * @param runId the run that serves it; empty while files are awaited
 * @param cacheHit whether the run had already ended when the request came
 * @param createdAt when it came
 */
public record RunRequest(
        RequestId id,
        RequestKind kind,
        SkillId skill,
        EngineId engine,
        Optional<ModelSpec> model,
        Map<String, Object> input,
        Map<String, Object> parameter,
        RuntimeOptions options,
        Optional<String> skillFingerprint,
        Optional<String> cacheKey,
        Optional<RunId> runId,
        boolean cacheHit,
        Instant createdAt) {

    /** Copies the collections and refuses null parts. */
    public RunRequest {
        Objects.requireNonNull(id);
        Objects.requireNonNull(kind);
        Objects.requireNonNull(skill);
        Objects.requireNonNull(engine);
        Objects.requireNonNull(model);
        Objects.requireNonNull(options);
        Objects.requireNonNull(skillFingerprint);
        Objects.requireNonNull(cacheKey);
        Objects.requireNonNull(runId);
        Objects.requireNonNull(createdAt);
        input = Collections.unmodifiableMap(new LinkedHashMap<>(input));
        parameter = Collections.unmodifiableMap(new LinkedHashMap<>(parameter));
    }

    /**
     * Tells whether the answer to this request may answer later ones, and an earlier answer this one.
     *
     * @return false if somebody may be asked on the way, and if the skill goes with the run
     */
    public boolean isReusable() {
        return kind == RequestKind.JOB && options.executionMode() == ExecutionMode.AUTO;
    }

    /**
     * Adds what is known about the question once all its parts are there.
     *
     * @param fingerprint digest of all files of the skill
     * @param key digest of the question; empty if the run is never reused
     * @return the request with them
     */
    public RunRequest asking(String fingerprint, Optional<String> key) {
        return new RunRequest(
                id,
                kind,
                skill,
                engine,
                model,
                input,
                parameter,
                options,
                Optional.of(fingerprint),
                key,
                runId,
                cacheHit,
                createdAt);
    }

    /**
     * Binds the request to the run that serves it.
     *
     * @param run the run
     * @param hit whether the run had already ended
     * @return the bound request
     */
    public RunRequest servedBy(RunId run, boolean hit) {
        return new RunRequest(
                id,
                kind,
                skill,
                engine,
                model,
                input,
                parameter,
                options,
                skillFingerprint,
                cacheKey,
                Optional.of(run),
                hit,
                createdAt);
    }
}
