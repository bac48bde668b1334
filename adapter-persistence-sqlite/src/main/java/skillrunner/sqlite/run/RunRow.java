package skillrunner.sqlite.run;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.interaction.InteractionTally;
import skillrunner.domain.run.Lease;
import skillrunner.domain.run.MendingPolicy;
import skillrunner.domain.run.NodeId;
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
import skillrunner.sqlite.file.TimestampColumns;

/** A row of {@code runs}; the only place that turns one into a run and back. */
public record RunRow(
        String runId,
        String requestId,
        String skillId,
        String engine,
        String status,
        int attempt,
        long fence,
        @Nullable String ownerNode,
        @Nullable String leaseUntil,
        boolean cancelRequested,
        @Nullable String errorCode,
        @Nullable String errorMessage,
        @Nullable String errorStderr,
        String warnings,
        String recoveryState,
        @Nullable String recoveredAt,
        @Nullable String recoveryReason,
        int lastInteraction,
        @Nullable Integer pendingInteraction,
        int interactionCount,
        int autoDecisionCount,
        @Nullable String lastAutoDecisionAt,
        @Nullable Integer keptFrom,
        String createdAt,
        String updatedAt) {
    private static final Logger LOG = LoggerFactory.getLogger(RunRow.class);

    static RunRow of(Run run) {
        return new RunRow(
                run.id().value(),
                run.requestId().value(),
                run.skill().value(),
                run.engine().wire(),
                run.status().wire(),
                run.attempt(),
                run.fence(),
                run.lease().map(lease -> lease.owner().value()).orElse(null),
                run.lease().map(Lease::until).map(TimestampColumns::text).orElse(null),
                run.cancelRequested(),
                run.failure().map(failure -> failure.code().name()).orElse(null),
                run.failure().map(RunFailure::message).orElse(null),
                run.failure().flatMap(RunFailure::stderr).orElse(null),
                JsonColumns.text(run.warnings()),
                run.recovery().state().wire(),
                run.recovery().at().map(TimestampColumns::text).orElse(null),
                run.recovery().reason().orElse(null),
                run.interactions().last(),
                run.interactions().pending().orElse(null),
                run.interactions().count(),
                run.interactions().autoDecisions(),
                run.interactions()
                        .lastAutoDecisionAt()
                        .map(TimestampColumns::text)
                        .orElse(null),
                run.interactions().keptFrom().orElse(null),
                TimestampColumns.text(run.createdAt()),
                TimestampColumns.text(run.updatedAt()));
    }

    /** Reads the row, or as much of it as can be read; what is lost is replaced by neutral values and said in the log. */
    Run toRun() {
        try {
            return strictly();
        } catch (RuntimeException e) {
            LOG.error("the row of run {} can't be read: {}", runId, e.toString());
            return mended().strictly();
        }
    }

    boolean isReadable() {
        try {
            strictly();
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }

    /** A run that has ended keeps its end if that can be read; one whose end is unknown counts as failed. */
    RunRow mended() {
        Optional<RunStatus> known = Mending.read(() -> RunStatus.of(status));
        RunStatus sure = known.orElse(RunStatus.FAILED);
        boolean unsuccessful = sure == RunStatus.FAILED || sure == RunStatus.CANCELED;
        boolean knownError = Mending.read(() -> RunFailureCode.valueOf(String.valueOf(errorCode)))
                .isPresent();
        boolean knownRecovery = Mending.read(() -> new Recovery(
                        RecoveryState.of(recoveryState),
                        TimestampColumns.optional(recoveredAt),
                        Optional.ofNullable(recoveryReason)))
                .isPresent();
        boolean knownLease = Mending.read(this::lease).isPresent();
        return new RunRow(
                Mending.text(runId, RunId::new, Mending.NOBODY),
                Mending.text(requestId, RequestId::new, Mending.NOBODY),
                Mending.text(skillId, SkillId::new, Mending.DAMAGED),
                Mending.text(engine, EngineId::new, Mending.DAMAGED),
                sure.wire(),
                Math.max(sure == RunStatus.RUNNING ? 1 : 0, attempt),
                Math.max(0, fence),
                knownLease ? ownerNode : null,
                knownLease ? leaseUntil : null,
                cancelRequested,
                !unsuccessful
                        ? null
                        : knownError
                                ? errorCode
                                : MendingPolicy.UNREADABLE.code().name(),
                !unsuccessful ? null : knownError ? errorMessage : MendingPolicy.UNREADABLE.message(),
                unsuccessful && knownError ? errorStderr : null,
                Mending.text(warnings, JsonColumns::strings, "[]"),
                knownRecovery ? recoveryState : RecoveryState.NONE.wire(),
                knownRecovery ? recoveredAt : null,
                knownRecovery ? recoveryReason : null,
                lastInteraction,
                pendingInteraction,
                interactionCount,
                autoDecisionCount,
                Mending.optionalMoment(lastAutoDecisionAt),
                keptFrom,
                Mending.moment(createdAt),
                Mending.moment(updatedAt));
    }

    /** A version without leases named the owner of what it took, and nothing else. */
    private Optional<Lease> lease() {
        return ownerNode == null || leaseUntil == null
                ? Optional.empty()
                : Optional.of(new Lease(new NodeId(ownerNode), TimestampColumns.moment(leaseUntil)));
    }

    private Run strictly() {
        return new Run(
                new RunId(runId),
                new RequestId(requestId),
                new SkillId(skillId),
                new EngineId(engine),
                RunStatus.of(status),
                attempt,
                fence,
                lease(),
                cancelRequested,
                Optional.ofNullable(errorCode)
                        .map(code -> new RunFailure(
                                RunFailureCode.valueOf(code),
                                errorMessage == null ? "" : errorMessage,
                                Optional.ofNullable(errorStderr))),
                JsonColumns.strings(warnings),
                new Recovery(
                        RecoveryState.of(recoveryState),
                        TimestampColumns.optional(recoveredAt),
                        Optional.ofNullable(recoveryReason)),
                new InteractionTally(
                        lastInteraction,
                        Optional.ofNullable(pendingInteraction),
                        interactionCount,
                        autoDecisionCount,
                        TimestampColumns.optional(lastAutoDecisionAt),
                        Optional.ofNullable(keptFrom)),
                TimestampColumns.moment(createdAt),
                TimestampColumns.moment(updatedAt));
    }
}
