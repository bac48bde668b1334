package skillrunner.sqlite.run;

import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skillrunner.domain.run.AgentProcess;
import skillrunner.domain.run.Attempt;
import skillrunner.domain.run.EngineTold;
import skillrunner.domain.run.InteractiveProfile;
import skillrunner.domain.run.OutputContract;
import skillrunner.domain.run.ProcessIsolation;
import skillrunner.domain.run.RunFailureCode;
import skillrunner.domain.run.RunId;
import skillrunner.domain.run.RunReceipt;
import skillrunner.domain.run.StreamReceipt;
import skillrunner.sqlite.file.JsonColumns;
import skillrunner.sqlite.file.TimestampColumns;

/** A row of {@code run_attempts}; the only place that turns one into an attempt and back. */
public record AttemptRow(
        String runId,
        int attempt,
        String startedAt,
        String hardDeadline,
        int hardTimeoutSeconds,
        String outputSchema,
        String requiredArtifacts,
        @Nullable Long processPid,
        @Nullable String processStart,
        @Nullable String processIsolation,
        @Nullable Integer maxAttempt,
        @Nullable String session,
        @Nullable String stopReason,
        @Nullable Integer exitCode,
        @Nullable Long stdoutBytes,
        @Nullable String stdoutSha256,
        @Nullable Long stderrBytes,
        @Nullable String stderrSha256,
        @Nullable String endedAt,
        @Nullable String processesEnded,
        @Nullable String engineTold,
        @Nullable String interactiveKind) {
    private static final Logger LOG = LoggerFactory.getLogger(AttemptRow.class);

    static AttemptRow of(Attempt attempt) {
        Optional<AgentProcess> process = attempt.process();
        Optional<RunReceipt> receipt = attempt.receipt();
        return new AttemptRow(
                attempt.runId().value(),
                attempt.number(),
                TimestampColumns.text(attempt.startedAt()),
                TimestampColumns.text(attempt.hardDeadline()),
                attempt.hardTimeoutSeconds(),
                JsonColumns.text(attempt.contract().schema()),
                JsonColumns.text(attempt.contract().requiredArtifacts()),
                process.map(AgentProcess::pid).orElse(null),
                process.map(AgentProcess::start).orElse(null),
                process.map(AgentProcess::isolation).map(ProcessIsolation::wire).orElse(null),
                attempt.contract().maxAttempt().orElse(null),
                attempt.session().orElse(null),
                attempt.stopReason().map(RunFailureCode::name).orElse(null),
                receipt.flatMap(RunReceipt::exitCode).orElse(null),
                receipt.map(proof -> proof.stdout().bytes()).orElse(null),
                receipt.map(proof -> proof.stdout().sha256()).orElse(null),
                receipt.map(proof -> proof.stderr().bytes()).orElse(null),
                receipt.map(proof -> proof.stderr().sha256()).orElse(null),
                attempt.endedAt().map(TimestampColumns::text).orElse(null),
                attempt.processesEnded().map(AttemptFacts::text).orElse(null),
                AttemptFacts.text(attempt.told()),
                attempt.keepsEngine() ? attempt.kind().wire() : null);
    }

    /** Reads the row, or as much of it as can be read; what is lost is replaced by neutral values and said in the log. */
    Attempt toAttempt() {
        try {
            return strictly();
        } catch (RuntimeException e) {
            LOG.error("the row of attempt of run {} can't be read: {}", runId, e.toString());
            return mended().strictly();
        }
    }

    boolean isReadable() {
        return Mending.read(this::strictly).isPresent();
    }

    private AttemptRow mended() {
        return new AttemptRow(
                Mending.text(runId, RunId::new, Mending.NOBODY),
                attempt,
                Mending.moment(startedAt),
                Mending.moment(hardDeadline),
                hardTimeoutSeconds,
                Mending.text(outputSchema, JsonColumns::object, "{}"),
                Mending.text(requiredArtifacts, JsonColumns::strings, "[]"),
                processPid,
                processStart,
                processIsolation == null
                        ? null
                        : Mending.text(processIsolation, ProcessIsolation::parse, ProcessIsolation.PROCESS_TREE.wire()),
                maxAttempt,
                session,
                stopReason == null
                        ? null
                        : Mending.text(stopReason, RunFailureCode::valueOf, RunFailureCode.INTERNAL_ERROR.name()),
                exitCode,
                stdoutBytes,
                stdoutSha256,
                stderrBytes,
                stderrSha256,
                Mending.optionalMoment(endedAt),
                readable(processesEnded, AttemptFacts::processesEnded),
                readable(engineTold, AttemptFacts::engineTold),
                readable(interactiveKind, InteractiveProfile.Kind::of));
    }

    private static @Nullable String readable(@Nullable String column, Function<String, ?> reading) {
        return column != null && Mending.read(() -> reading.apply(column)).isPresent() ? column : null;
    }

    private Attempt strictly() {
        return new Attempt(
                new RunId(runId),
                attempt,
                TimestampColumns.moment(startedAt),
                TimestampColumns.moment(hardDeadline),
                hardTimeoutSeconds,
                new OutputContract(
                        JsonColumns.object(outputSchema),
                        JsonColumns.strings(requiredArtifacts),
                        Optional.ofNullable(maxAttempt)),
                process(),
                Optional.ofNullable(session),
                Optional.ofNullable(stopReason).map(RunFailureCode::valueOf),
                receipt(),
                TimestampColumns.optional(endedAt),
                Optional.ofNullable(processesEnded).map(AttemptFacts::processesEnded),
                Optional.ofNullable(engineTold).map(AttemptFacts::engineTold).orElse(EngineTold.NOTHING),
                Optional.ofNullable(interactiveKind)
                        .map(InteractiveProfile.Kind::of)
                        .orElse(InteractiveProfile.Kind.RESUMABLE));
    }

    private Optional<AgentProcess> process() {
        if (processPid == null || processStart == null || processIsolation == null) {
            return Optional.empty();
        }
        return Optional.of(new AgentProcess(processPid, processStart, ProcessIsolation.parse(processIsolation)));
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
