package skillrunner.sqlite.run;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skillrunner.application.run.Attempt;
import skillrunner.domain.run.OutputContract;
import skillrunner.domain.run.RunFailureCode;
import skillrunner.domain.run.RunId;
import skillrunner.domain.run.RunReceipt;
import skillrunner.domain.run.StreamReceipt;
import skillrunner.sqlite.file.JsonColumns;
import skillrunner.sqlite.file.Moments;

/** A row of {@code run_attempts}; the only place that turns one into an attempt and back. */
public record AttemptRow(
        String runId,
        int attempt,
        String startedAt,
        String hardDeadline,
        int hardTimeoutSeconds,
        String outputSchema,
        String requiredArtifacts,
        @Nullable String stopReason,
        @Nullable Integer exitCode,
        @Nullable Long stdoutBytes,
        @Nullable String stdoutSha256,
        @Nullable Long stderrBytes,
        @Nullable String stderrSha256,
        @Nullable String endedAt) {

    static AttemptRow of(Attempt attempt) {
        Optional<RunReceipt> receipt = attempt.receipt();
        return new AttemptRow(
                attempt.runId().value(),
                attempt.number(),
                Moments.text(attempt.startedAt()),
                Moments.text(attempt.hardDeadline()),
                attempt.hardTimeoutSeconds(),
                JsonColumns.text(attempt.contract().schema()),
                JsonColumns.text(attempt.contract().requiredArtifacts()),
                attempt.stopReason().map(RunFailureCode::name).orElse(null),
                receipt.flatMap(RunReceipt::exitCode).orElse(null),
                receipt.map(proof -> proof.stdout().bytes()).orElse(null),
                receipt.map(proof -> proof.stdout().sha256()).orElse(null),
                receipt.map(proof -> proof.stderr().bytes()).orElse(null),
                receipt.map(proof -> proof.stderr().sha256()).orElse(null),
                attempt.endedAt().map(Moments::text).orElse(null));
    }

    Attempt toAttempt() {
        return new Attempt(
                new RunId(runId),
                attempt,
                Moments.moment(startedAt),
                Moments.moment(hardDeadline),
                hardTimeoutSeconds,
                new OutputContract(JsonColumns.object(outputSchema), JsonColumns.strings(requiredArtifacts)),
                Optional.ofNullable(stopReason).map(RunFailureCode::valueOf),
                receipt(),
                Moments.optional(endedAt));
    }

    private Optional<RunReceipt> receipt() {
        if (stdoutBytes == null || stdoutSha256 == null || stderrBytes == null || stderrSha256 == null) {
            return Optional.empty();
        }
        return Optional.of(new RunReceipt(
                attempt,
                Optional.ofNullable(exitCode),
                new StreamReceipt(stdoutBytes, stdoutSha256),
                new StreamReceipt(stderrBytes, stderrSha256)));
    }
}
