package skillrunner.sqlite.run;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skillrunner.application.run.admission.Acceptance;
import skillrunner.application.run.admission.KeyedAcceptance;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.model.ModelSpec;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.run.PackageRejection;
import skillrunner.domain.run.RequestId;
import skillrunner.domain.run.RunStatus;
import skillrunner.domain.run.TempRequest;
import skillrunner.domain.run.TempRequestStatus;
import skillrunner.sqlite.file.JsonColumns;
import skillrunner.sqlite.file.TimestampColumns;

/** A row of {@code temp_requests}; the only place that turns one into a request and back. */
public record TempRequestRow(
        String requestId,
        String engine,
        @Nullable String model,
        @Nullable String modelEffort,
        String input,
        String parameter,
        String runtimeOptions,
        String status,
        @Nullable String rejectionCode,
        @Nullable String rejectionMessage,
        @Nullable String idempotencyKey,
        @Nullable String question,
        @Nullable String toldStatus,
        String warnings,
        String createdAt,
        String updatedAt) {

    static TempRequestRow of(TempRequest request, Optional<KeyedAcceptance> keyed) {
        Optional<Acceptance> told = keyed.map(KeyedAcceptance::acceptance);
        return new TempRequestRow(
                request.id().value(),
                request.engine().wire(),
                request.model().map(ModelSpec::name).orElse(null),
                request.model().flatMap(ModelSpec::effort).orElse(null),
                JsonColumns.text(request.input()),
                JsonColumns.text(request.parameter()),
                JsonColumns.text(request.runtimeOptions()),
                request.status().wire(),
                request.rejection().map(reason -> reason.code().name()).orElse(null),
                request.rejection().map(PackageRejection::message).orElse(null),
                keyed.map(it -> it.key().value()).orElse(null),
                keyed.map(KeyedAcceptance::question).orElse(null),
                told.flatMap(Acceptance::status).map(RunStatus::wire).orElse(null),
                JsonColumns.text(told.map(Acceptance::warnings).orElseGet(List::of)),
                TimestampColumns.text(request.createdAt()),
                TimestampColumns.text(request.updatedAt()));
    }

    TempRequest toRequest() {
        return new TempRequest(
                new RequestId(requestId),
                new EngineId(engine),
                Optional.ofNullable(model).map(name -> new ModelSpec(name, Optional.ofNullable(modelEffort))),
                JsonColumns.value(input),
                JsonColumns.object(parameter),
                JsonColumns.object(runtimeOptions),
                TempRequestStatus.of(status),
                Optional.ofNullable(rejectionCode)
                        .map(code -> new PackageRejection(
                                ErrorCode.valueOf(code), rejectionMessage == null ? "" : rejectionMessage)),
                TimestampColumns.moment(createdAt),
                TimestampColumns.moment(updatedAt));
    }
}
