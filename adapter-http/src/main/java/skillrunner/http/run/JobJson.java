package skillrunner.http.run;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import skillrunner.application.run.FindRun;
import skillrunner.application.run.admission.Acceptance;
import skillrunner.application.run.admission.CreateRunCommand;
import skillrunner.application.run.admission.UploadRunInput;
import skillrunner.application.run.execution.CancelRun;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.run.RequestId;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunFailure;
import skillrunner.domain.run.RunReceipt;
import skillrunner.domain.run.RunStatus;
import skillrunner.domain.run.StreamReceipt;
import skillrunner.http.JsonBody;
import skillrunner.http.WireFormat;

/** Wire records of jobs. */
final class JobJson {
    private static final Set<String> CREATE_FIELDS =
            Set.of("skill_id", "engine", "input", "parameter", "model", "runtime_options", "await_upload");

    private JobJson() {}

    static CreateRunCommand command(JsonBody body) {
        body.allowOnly(CREATE_FIELDS);
        CreateRunCommand command = new CreateRunCommand(
                body.requiredText("skill_id"),
                body.text("engine").orElse(EngineId.CODEX.wire()),
                body.anything("input"),
                body.object("parameter"),
                body.text("model"),
                body.object("runtime_options"),
                body.flag("await_upload"));
        body.refuseIfWrong();
        return command;
    }

    record Created(String requestId, boolean cacheHit, @Nullable String status, List<String> warnings) {
        static Created of(Acceptance told) {
            return new Created(
                    told.request().value(),
                    told.cacheHit(),
                    told.status().map(RunStatus::wire).orElse(null),
                    told.warnings());
        }
    }

    record Uploaded(
            String requestId,
            boolean cacheHit,
            List<String> extractedFiles,
            @Nullable String status,
            List<String> warnings) {
        static Uploaded of(UploadRunInput.Uploaded uploaded) {
            Acceptance told = uploaded.acceptance();
            return new Uploaded(
                    told.request().value(),
                    told.cacheHit(),
                    uploaded.files(),
                    told.status().map(RunStatus::wire).orElse(null),
                    told.warnings());
        }
    }

    record Status(
            String requestId,
            String runId,
            String status,
            String skillId,
            String engine,
            String createdAt,
            String updatedAt,
            List<String> warnings,
            @Nullable Failure error,
            int autoDecisionCount,
            @Nullable String lastAutoDecisionAt,
            @Nullable Integer pendingInteractionId,
            int interactionCount,
            String recoveryState,
            @Nullable String recoveredAt,
            @Nullable String recoveryReason,
            @Nullable Receipt receipt) {

        static Status of(FindRun.Found found, @Nullable RunReceipt receipt) {
            Run run = found.run();
            return new Status(
                    found.request().id().value(),
                    run.id().value(),
                    run.status().wire(),
                    run.skill().value(),
                    run.engine().wire(),
                    WireFormat.moment(found.request().createdAt()),
                    WireFormat.moment(run.updatedAt()),
                    run.warnings(),
                    run.failure().map(Failure::of).orElse(null),
                    0,
                    null,
                    null,
                    0,
                    run.recovery().state().wire(),
                    run.recovery().at().map(WireFormat::moment).orElse(null),
                    run.recovery().reason().orElse(null),
                    receipt == null ? null : Receipt.of(receipt));
        }
    }

    record Failure(String code, String message, @Nullable String stderr) {
        static Failure of(RunFailure failure) {
            return new Failure(
                    failure.code().name(), failure.message(), failure.stderr().orElse(null));
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

    record Artifacts(String requestId, List<String> artifacts, boolean truncated, int passedOver) {}

    record Canceled(String requestId, String runId, String status, boolean accepted, String message) {
        static Canceled of(RequestId request, CancelRun.Outcome outcome) {
            return new Canceled(
                    request.value(),
                    outcome.run().value(),
                    outcome.status().wire(),
                    outcome.accepted(),
                    outcome.message());
        }
    }
}
