package skillrunner.http.run;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import skillrunner.application.run.admission.Acceptance;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.run.PackageRejection;
import skillrunner.domain.run.RecoveryState;
import skillrunner.domain.run.RequestId;
import skillrunner.domain.run.RunId;
import skillrunner.domain.run.RunStatus;
import skillrunner.domain.run.TempRequest;

/** Wire records of temporary runs that differ from those of jobs. */
final class TempRunJson {
    /** In the place of a skill that has yet to come. */
    private static final String UNKNOWN = "unknown";

    private TempRunJson() {}

    record Created(RequestId requestId, @Nullable RunStatus status, List<String> warnings) {
        static Created of(Acceptance told) {
            return new Created(told.request(), told.status().orElse(null), told.warnings());
        }
    }

    /** The status of a request without a run, with the members that the status of a run has. */
    record Waiting(
            RequestId requestId,
            @Nullable RunId runId,
            RunStatus status,
            String skillId,
            EngineId engine,
            Instant createdAt,
            Instant updatedAt,
            List<String> warnings,
            @Nullable Rejection error,
            int autoDecisionCount,
            @Nullable Instant lastAutoDecisionAt,
            @Nullable Integer pendingInteractionId,
            int interactionCount,
            RecoveryState recoveryState,
            @Nullable Instant recoveredAt,
            @Nullable String recoveryReason,
            JobJson.@Nullable Receipt receipt,
            @Nullable StallJson stall) {
        static Waiting of(TempRequest request) {
            return new Waiting(
                    request.id(),
                    null,
                    request.rejection().isPresent() ? RunStatus.FAILED : RunStatus.QUEUED,
                    UNKNOWN,
                    request.engine(),
                    request.createdAt(),
                    request.updatedAt(),
                    List.of(),
                    request.rejection().map(Rejection::of).orElse(null),
                    0,
                    null,
                    null,
                    0,
                    RecoveryState.NONE,
                    null,
                    null,
                    null,
                    null);
        }
    }

    /** Why the last package was turned away, in the place of a run's failure. */
    record Rejection(ErrorCode code, String message, @Nullable String stderr) {
        static Rejection of(PackageRejection rejection) {
            return new Rejection(rejection.code(), rejection.message(), null);
        }
    }
}
