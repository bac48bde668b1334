package skillrunner.sqlite.run;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.run.Recovery;
import skillrunner.domain.run.RecoveryState;
import skillrunner.domain.run.RequestId;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunFailure;
import skillrunner.domain.run.RunFailureCode;
import skillrunner.domain.run.RunId;
import skillrunner.domain.run.RunStatus;
import skillrunner.domain.skill.SkillId;
import skillrunner.sqlite.file.JsonColumns;
import skillrunner.sqlite.file.Moments;

/** A row of {@code runs}; the only place that turns one into a run and back. */
public record RunRow(
        String runId,
        String requestId,
        String skillId,
        String engine,
        String status,
        int attempt,
        long fence,
        boolean cancelRequested,
        @Nullable String errorCode,
        @Nullable String errorMessage,
        @Nullable String errorStderr,
        String warnings,
        String recoveryState,
        @Nullable String recoveredAt,
        @Nullable String recoveryReason,
        String createdAt,
        String updatedAt) {

    static RunRow of(Run run) {
        return new RunRow(
                run.id().value(),
                run.requestId().value(),
                run.skill().value(),
                run.engine().wire(),
                run.status().wire(),
                run.attempt(),
                run.fence(),
                run.cancelRequested(),
                run.failure().map(failure -> failure.code().name()).orElse(null),
                run.failure().map(RunFailure::message).orElse(null),
                run.failure().flatMap(RunFailure::stderr).orElse(null),
                JsonColumns.text(run.warnings()),
                run.recovery().state().wire(),
                run.recovery().at().map(Moments::text).orElse(null),
                run.recovery().reason().orElse(null),
                Moments.text(run.createdAt()),
                Moments.text(run.updatedAt()));
    }

    Run toRun() {
        return new Run(
                new RunId(runId),
                new RequestId(requestId),
                new SkillId(skillId),
                new EngineId(engine),
                RunStatus.of(status),
                attempt,
                fence,
                cancelRequested,
                Optional.ofNullable(errorCode)
                        .map(code -> new RunFailure(
                                RunFailureCode.valueOf(code),
                                errorMessage == null ? "" : errorMessage,
                                Optional.ofNullable(errorStderr))),
                JsonColumns.strings(warnings),
                new Recovery(
                        RecoveryState.of(recoveryState),
                        Moments.optional(recoveredAt),
                        Optional.ofNullable(recoveryReason)),
                Moments.moment(createdAt),
                Moments.moment(updatedAt));
    }
}
