package skillrunner.http.run;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skillrunner.application.run.FindRun;
import skillrunner.application.run.admission.Acceptance;
import skillrunner.application.run.admission.UploadRunInput;
import skillrunner.application.run.execution.CancelRun;
import skillrunner.application.run.retention.Removed;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.run.RecoveryState;
import skillrunner.domain.run.RequestId;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunFailure;
import skillrunner.domain.run.RunFailureCode;
import skillrunner.domain.run.RunId;
import skillrunner.domain.run.RunReceipt;
import skillrunner.domain.run.RunStatus;
import skillrunner.domain.run.StreamReceipt;
import skillrunner.domain.skill.SkillId;

/** Wire records of jobs. */
final class JobJson {
    private JobJson() {}

    record Created(RequestId requestId, boolean cacheHit, @Nullable RunStatus status, List<String> warnings) {
        static Created of(Acceptance told) {
            return new Created(told.request(), told.cacheHit(), told.status().orElse(null), told.warnings());
        }
    }

    record Uploaded(
            RequestId requestId,
            boolean cacheHit,
            List<String> extractedFiles,
            @Nullable RunStatus status,
            List<String> warnings) {
        static Uploaded of(UploadRunInput.Uploaded uploaded) {
            Acceptance told = uploaded.acceptance();
            return new Uploaded(
                    told.request(),
                    told.cacheHit(),
                    uploaded.files(),
                    told.status().orElse(null),
                    told.warnings());
        }
    }

    record Status(
            RequestId requestId,
            RunId runId,
            RunStatus status,
            SkillId skillId,
            EngineId engine,
            Instant createdAt,
            Instant updatedAt,
            List<String> warnings,
            @Nullable Failure error,
            int autoDecisionCount,
            @Nullable Instant lastAutoDecisionAt,
            @Nullable Integer pendingInteractionId,
            int interactionCount,
            RecoveryState recoveryState,
            @Nullable Instant recoveredAt,
            @Nullable String recoveryReason,
            @Nullable Receipt receipt,
            @Nullable StallJson stall) {

        static Status of(FindRun.Found found, FindRun findRun) {
            Run run = found.run();
            Optional<RunReceipt> receipt = findRun.receipt(run);
            return new Status(
                    found.request().id(),
                    run.id(),
                    run.status(),
                    run.skill(),
                    run.engine(),
                    found.request().createdAt(),
                    run.updatedAt(),
                    run.warnings(),
                    run.failure().map(Failure::of).orElse(null),
                    run.interactions().autoDecisions(),
                    run.interactions().lastAutoDecisionAt().orElse(null),
                    run.interactions().pending().orElse(null),
                    run.interactions().count(),
                    run.recovery().state(),
                    run.recovery().at().orElse(null),
                    run.recovery().reason().orElse(null),
                    receipt.map(Receipt::of).orElse(null),
                    StallJson.of(findRun.stall(run)));
        }
    }

    record Failure(RunFailureCode code, String message, @Nullable String stderr) {
        static Failure of(RunFailure failure) {
            return new Failure(
                    failure.code(), failure.message(), failure.stderr().orElse(null));
        }
    }

    /** Proof of the whole output; a client compares it with what it holds. */
    record Receipt(int attempt, @Nullable Integer exitCode, Stream stdout, Stream stderr) {
        record Stream(long bytes, String sha256) {
            static Stream of(StreamReceipt receipt) {
                return new Stream(receipt.bytes(), receipt.sha256());
            }
        }

        static Receipt of(RunReceipt receipt) {
            return new Receipt(
                    receipt.attempt(),
                    receipt.exitCode().orElse(null),
                    Stream.of(receipt.stdout()),
                    Stream.of(receipt.stderr()));
        }
    }

    record Artifacts(RequestId requestId, List<String> artifacts, boolean truncated, int passedOver) {}

    record Canceled(RequestId requestId, RunId runId, RunStatus status, boolean accepted, String message) {
        static Canceled of(RequestId request, CancelRun.Outcome outcome) {
            return new Canceled(request, outcome.run(), outcome.status(), outcome.accepted(), outcome.message());
        }
    }

    record CleanedUp(long runsDeleted, long requestsDeleted, long cacheEntriesDeleted) {
        static CleanedUp of(Removed removed) {
            return new CleanedUp(removed.runs(), removed.requests(), removed.cacheEntries());
        }
    }
}
