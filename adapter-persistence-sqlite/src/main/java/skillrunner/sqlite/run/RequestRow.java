package skillrunner.sqlite.run;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.model.ModelSpec;
import skillrunner.domain.run.RequestId;
import skillrunner.domain.run.RunId;
import skillrunner.domain.run.RunRequest;
import skillrunner.domain.run.RuntimeOptionRules;
import skillrunner.domain.skill.SkillId;
import skillrunner.sqlite.file.JsonColumns;
import skillrunner.sqlite.file.Moments;

/** One row of the table of client requests; the only place that turns one into a request and back. */
public record RequestRow(
        String requestId,
        String skillId,
        String engine,
        @Nullable String model,
        @Nullable String modelEffort,
        String input,
        String parameter,
        String runtimeOptions,
        @Nullable String skillFingerprint,
        @Nullable String cacheKey,
        @Nullable String runId,
        boolean cacheHit,
        String createdAt) {

    static RequestRow of(RunRequest request) {
        return new RequestRow(
                request.id().value(),
                request.skill().value(),
                request.engine().wire(),
                request.model().map(ModelSpec::name).orElse(null),
                request.model().flatMap(ModelSpec::effort).orElse(null),
                JsonColumns.text(request.input()),
                JsonColumns.text(request.parameter()),
                JsonColumns.text(request.options().toWire()),
                request.skillFingerprint().orElse(null),
                request.cacheKey().orElse(null),
                request.runId().map(RunId::value).orElse(null),
                request.cacheHit(),
                Moments.text(request.createdAt()));
    }

    RunRequest toRequest() {
        return new RunRequest(
                new RequestId(requestId),
                new SkillId(skillId),
                new EngineId(engine),
                Optional.ofNullable(model).map(name -> new ModelSpec(name, Optional.ofNullable(modelEffort))),
                JsonColumns.object(input),
                JsonColumns.object(parameter),
                // The stored options are normalised and always name the timeout; the default is never used.
                RuntimeOptionRules.read(JsonColumns.object(runtimeOptions), 1),
                Optional.ofNullable(skillFingerprint),
                Optional.ofNullable(cacheKey),
                Optional.ofNullable(runId).map(RunId::new),
                cacheHit,
                Moments.moment(createdAt));
    }
}
