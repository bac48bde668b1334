package skillrunner.http.run;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skillrunner.application.run.AwaitingRequest;
import skillrunner.application.run.RunDetails;
import skillrunner.application.run.RunListing;
import skillrunner.application.run.RunPage;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.model.ModelSpec;
import skillrunner.domain.run.ProcessEnd;
import skillrunner.domain.run.ProcessIsolation;
import skillrunner.domain.run.ProcessesEnded;
import skillrunner.domain.run.RecoveryState;
import skillrunner.domain.run.RequestId;
import skillrunner.domain.run.RequestKind;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunId;
import skillrunner.domain.run.RunMilestone;
import skillrunner.domain.run.RunRequest;
import skillrunner.domain.run.RunStatus;
import skillrunner.domain.run.Stall;
import skillrunner.domain.run.TokenCount;
import skillrunner.domain.skill.SkillId;

/** Wire records of the management of runs. */
record RunStateJson(
        RequestId requestId,
        RequestKind kind,
        RunId runId,
        RunStatus status,
        EngineId engine,
        SkillId skillId,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Integer pendingInteractionId,
        int interactionCount,
        int autoDecisionCount,
        @Nullable Instant lastAutoDecisionAt,
        RecoveryState recoveryState,
        @Nullable Instant recoveredAt,
        @Nullable String recoveryReason,
        boolean pollLogs,
        boolean cancelRequested,
        boolean cacheHit,
        @Nullable Integer queuePosition,
        List<String> warnings,
        JobJson.@Nullable Failure error) {

    private static RunStateJson of(RunListing listing, @Nullable Integer queuePosition) {
        return of(
                listing.request(),
                listing.kind(),
                listing.requestedAt(),
                listing.cacheHit(),
                queuePosition,
                listing.run());
    }

    private static RunStateJson of(
            RequestId request,
            RequestKind kind,
            Instant requestedAt,
            boolean cacheHit,
            @Nullable Integer queuePosition,
            Run run) {
        return new RunStateJson(
                request,
                kind,
                run.id(),
                run.status(),
                run.engine(),
                run.skill(),
                requestedAt,
                run.updatedAt(),
                run.interactions().pending().orElse(null),
                run.interactions().count(),
                run.interactions().autoDecisions(),
                run.interactions().lastAutoDecisionAt().orElse(null),
                run.recovery().state(),
                run.recovery().at().orElse(null),
                run.recovery().reason().orElse(null),
                run.status() == RunStatus.QUEUED || run.status() == RunStatus.RUNNING,
                run.isBeingCanceled(),
                cacheHit,
                queuePosition,
                run.warnings(),
                run.failure().map(JobJson.Failure::of).orElse(null));
    }

    /** Newest request first; {@code next_cursor} is null at the end. */
    record Listed(List<RunStateJson> runs, @Nullable String nextCursor, List<Awaiting> awaitingUpload) {
        static Listed of(RunPage page) {
            return new Listed(
                    page.runs().stream()
                            .map(listing -> RunStateJson.of(
                                    listing,
                                    page.queuePositions().get(listing.run().id())))
                            .toList(),
                    page.next().map(String::valueOf).orElse(null),
                    page.awaiting().stream().map(Awaiting::of).toList());
        }
    }

    /** A request that has no run yet, since its files, or the skill it brings along, have not come; that has no id before. */
    record Awaiting(
            RequestId requestId, RequestKind kind, @Nullable SkillId skillId, EngineId engine, Instant createdAt) {
        static Awaiting of(AwaitingRequest request) {
            return new Awaiting(
                    request.id(),
                    request.skill().isPresent() ? RequestKind.JOB : RequestKind.TEMP,
                    request.skill().orElse(null),
                    request.engine(),
                    request.createdAt());
        }
    }

    /** A milestone of a run; {@code kept_over_restart} is true where a restarted server found it as it was. */
    record Milestone(RunStatus status, Instant at, boolean keptOverRestart) {
        static Milestone of(RunMilestone milestone) {
            return new Milestone(
                    milestone.status(), milestone.at(), milestone.kind() == RunMilestone.Kind.KEPT_OVER_RESTART);
        }
    }

    /** What was asked for, so that it can be asked for again. */
    record Asked(
            EngineId engine,
            @Nullable ModelSpec model,
            Map<String, Object> input,
            Map<String, Object> parameter,
            Map<String, Object> runtimeOptions) {
        static Asked of(RunRequest request) {
            return new Asked(
                    request.engine(),
                    request.model().orElse(null),
                    request.input(),
                    request.parameter(),
                    request.options().toWire());
        }
    }

    /** How the processes of an attempt ended; {@code seen} is false if nobody could look, so that the numbers say nothing. */
    record Processes(int ended, int left, boolean seen, @Nullable Last last) {
        record Last(long pid, String name, ProcessEnd end) {}

        static Processes of(ProcessesEnded processes) {
            return new Processes(
                    processes.ended(),
                    processes.left(),
                    processes.seen(),
                    processes
                            .last()
                            .map(last -> new Last(last.pid(), last.name(), last.end()))
                            .orElse(null));
        }
    }

    /** What the engine told of its use. */
    record Tokens(long input, long cachedInput, long output, long reasoning) {
        static Tokens of(TokenCount count) {
            return new Tokens(count.input(), count.cachedInput(), count.output(), count.reasoning());
        }
    }

    /** One run in full: the state's own members, what was asked for, how it came there, the proof of its output and how it ended. */
    record Detailed(
            @JsonUnwrapped RunStateJson state,
            Asked request,
            @Nullable ProcessIsolation processIsolation,
            List<Milestone> milestones,
            JobJson.@Nullable Receipt receipt,
            @Nullable Processes processes,
            @Nullable Tokens tokens,
            List<String> models,
            @Nullable StallJson stall) {
        static Detailed of(RunDetails details, @Nullable Integer queuePosition, Optional<Stall> stall) {

            return new Detailed(
                    RunStateJson.of(
                            details.request().id(),
                            details.request().kind(),
                            details.request().createdAt(),
                            details.request().cacheHit(),
                            queuePosition,
                            details.run()),
                    Asked.of(details.request()),
                    details.isolation().orElse(null),
                    details.milestones().stream().map(Milestone::of).toList(),
                    details.receipt().map(JobJson.Receipt::of).orElse(null),
                    details.processes().map(Processes::of).orElse(null),
                    details.told().tokens().map(Tokens::of).orElse(null),
                    details.told().models(),
                    StallJson.of(stall));
        }
    }
}
