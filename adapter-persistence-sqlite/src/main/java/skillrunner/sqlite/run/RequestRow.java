package skillrunner.sqlite.run;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.model.ModelSpec;
import skillrunner.domain.run.RequestId;
import skillrunner.domain.run.RequestKind;
import skillrunner.domain.run.RunId;
import skillrunner.domain.run.RunRequest;
import skillrunner.domain.run.RuntimeOptions;
import skillrunner.domain.skill.SkillId;
import skillrunner.sqlite.file.JsonColumns;
import skillrunner.sqlite.file.TimestampColumns;

/** One row of the table of client requests; the only place that turns one into a request and back. */
public record RequestRow(
        String requestId,
        String kind,
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
    /** In the place of options that can't be read; the run only ends. */
    private static final String NO_OPTIONS = "{\"execution_mode\":\"auto\",\"session_timeout_sec\":1}";

    private static final Logger LOG = LoggerFactory.getLogger(RequestRow.class);

    static RequestRow of(RunRequest request) {
        return new RequestRow(
                request.id().value(),
                request.kind().wire(),
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
                TimestampColumns.text(request.createdAt()));
    }

    /** Reads the row, or as much of it as can be read; what is lost is replaced by neutral values and said in the log. */
    RunRequest toRequest() {
        try {
            return strictly();
        } catch (RuntimeException e) {
            LOG.error("the row of request {} can't be read: {}", requestId, e.toString());
            return mended().strictly();
        }
    }

    boolean isReadable() {
        return Mending.read(this::strictly).isPresent();
    }

    private RequestRow mended() {
        return new RequestRow(
                Mending.text(requestId, RequestId::new, Mending.NOBODY),
                Mending.text(kind, RequestKind::of, RequestKind.JOB.wire()),
                Mending.text(skillId, SkillId::new, Mending.DAMAGED),
                Mending.text(engine, EngineId::new, Mending.DAMAGED),
                null,
                null,
                Mending.text(input, JsonColumns::object, "{}"),
                Mending.text(parameter, JsonColumns::object, "{}"),
                Mending.text(runtimeOptions, text -> RuntimeOptions.stored(JsonColumns.object(text)), NO_OPTIONS),
                skillFingerprint,
                cacheKey,
                runId != null && Mending.read(() -> new RunId(runId)).isPresent() ? runId : null,
                cacheHit,
                Mending.moment(createdAt));
    }

    private RunRequest strictly() {
        return new RunRequest(
                new RequestId(requestId),
                RequestKind.of(kind),
                new SkillId(skillId),
                new EngineId(engine),
                Optional.ofNullable(model).map(name -> new ModelSpec(name, Optional.ofNullable(modelEffort))),
                JsonColumns.object(input),
                JsonColumns.object(parameter),
                RuntimeOptions.stored(JsonColumns.object(runtimeOptions)),
                Optional.ofNullable(skillFingerprint),
                Optional.ofNullable(cacheKey),
                Optional.ofNullable(runId).map(RunId::new),
                cacheHit,
                TimestampColumns.moment(createdAt));
    }
}
