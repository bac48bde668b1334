package skillrunner.http.run;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import skillrunner.application.run.RunListing;
import skillrunner.domain.run.ProcessIsolation;
import skillrunner.domain.run.RequestId;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunMilestone;
import skillrunner.domain.run.RunReceipt;
import skillrunner.domain.run.RunStatus;
import skillrunner.http.WireFormat;

/** Wire records of the management of runs. The pages show these and nothing else of a run's state. */
record RunStateJson(
        String requestId,
        String runId,
        String status,
        String engine,
        String skillId,
        String createdAt,
        String updatedAt,
        @Nullable Integer pendingInteractionId,
        int interactionCount,
        int autoDecisionCount,
        @Nullable String lastAutoDecisionAt,
        String recoveryState,
        @Nullable String recoveredAt,
        @Nullable String recoveryReason,
        boolean pollLogs,
        boolean cancelRequested,
        List<String> warnings,
        JobJson.@Nullable Failure error) {

    static RunStateJson of(RunListing listing) {
        return of(listing.request(), listing.requestedAt(), listing.run());
    }

    static RunStateJson of(RequestId request, Instant requestedAt, Run run) {
        return new RunStateJson(
                request.value(),
                run.id().value(),
                run.status().wire(),
                run.engine().wire(),
                run.skill().value(),
                WireFormat.moment(requestedAt),
                WireFormat.moment(run.updatedAt()),
                null,
                0,
                0,
                null,
                run.recovery().state().wire(),
                run.recovery().at().map(WireFormat::moment).orElse(null),
                run.recovery().reason().orElse(null),
                run.status() == RunStatus.QUEUED || run.status() == RunStatus.RUNNING,
                run.cancelRequested() && !run.status().isTerminal(),
                run.warnings(),
                run.failure().map(JobJson.Failure::of).orElse(null));
    }

    /** Newest request first. */
    record Listed(List<RunStateJson> runs) {}

    /** A milestone of a run; {@code kept_over_restart} is true where a restarted server found it as it was. */
    record Milestone(String status, String at, boolean keptOverRestart) {
        static Milestone of(RunMilestone milestone) {
            return new Milestone(
                    milestone.status().wire(),
                    WireFormat.moment(milestone.at()),
                    milestone.kind() == RunMilestone.Kind.KEPT_OVER_RESTART);
        }
    }

    /** One run in full: the state's own members, how it came there and the proof of its output. */
    record Detailed(
            @JsonUnwrapped RunStateJson state,
            @Nullable String processIsolation,
            List<Milestone> milestones,
            JobJson.@Nullable Receipt receipt) {
        static Detailed of(
                RunStateJson state,
                @Nullable ProcessIsolation isolation,
                List<RunMilestone> milestones,
                @Nullable RunReceipt receipt) {
            return new Detailed(
                    state,
                    isolation == null ? null : isolation.wire(),
                    milestones.stream().map(Milestone::of).toList(),
                    receipt == null ? null : JobJson.Receipt.of(receipt));
        }
    }
}
