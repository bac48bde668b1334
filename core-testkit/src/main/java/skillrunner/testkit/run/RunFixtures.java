package skillrunner.testkit.run;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.run.Attempt;
import skillrunner.domain.run.Lease;
import skillrunner.domain.run.NodeId;
import skillrunner.domain.run.OutputContract;
import skillrunner.domain.run.RequestId;
import skillrunner.domain.run.RequestKind;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunFailure;
import skillrunner.domain.run.RunFailureCode;
import skillrunner.domain.run.RunId;
import skillrunner.domain.run.RunReceipt;
import skillrunner.domain.run.RunRequest;
import skillrunner.domain.run.RuntimeOptions;
import skillrunner.domain.run.StreamReceipt;
import skillrunner.domain.run.TempRequest;
import skillrunner.domain.skill.ExecutionMode;
import skillrunner.domain.skill.SkillId;
import skillrunner.testkit.background.SequentialIds;
import skillrunner.testkit.clock.ManualClock;

/** Makes requests, runs and attempts whose details don't matter. Each has ids of its own. Safe for concurrent use. */
public final class RunFixtures {
    /** When everything happens. */
    public static final Instant NOW = ManualClock.START;

    /** Under which a node that is alone takes runs. */
    public static final Lease LEASE = lease("node");

    private final SequentialIds ids = new SequentialIds();

    /** Makes fixtures whose ids start from the beginning. */
    public RunFixtures() {}

    /** A request that waits for its files. */
    public RunRequest awaitingRequest() {
        return awaitingRequest(NOW);
    }

    /** The same, that came at another moment. */
    public RunRequest awaitingRequest(Instant createdAt) {
        return new RunRequest(
                new RequestId(ids.next()),
                RequestKind.JOB,
                new SkillId("demo"),
                EngineId.CODEX,
                Optional.empty(),
                Map.of(),
                Map.of(),
                options(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                createdAt);
    }

    /** A request whose skill has yet to come. */
    public TempRequest tempRequest() {
        return TempRequest.created(
                new RequestId(ids.next()), EngineId.CODEX, Optional.empty(), Map.of(), Map.of(), Map.of(), NOW);
    }

    /** The same request once its skill has come, which is {@code demo}. */
    public RunRequest started(TempRequest request) {
        return request.started(new SkillId("demo"), options(), Map.of(), Map.of());
    }

    /** A queued run of a request. */
    public Run queuedRun(RunRequest request) {
        return Run.queued(new RunId(ids.next()), request.id(), request.skill(), request.engine(), NOW);
    }

    /** The claim of a node that is alone. */
    public static Lease lease(String node) {
        return new Lease(new NodeId(node), Lease.WITHOUT_END);
    }

    /** The options a client gets who gives none. */
    public static RuntimeOptions options() {
        return new RuntimeOptions(ExecutionMode.AUTO, Optional.empty(), 1200, Optional.empty(), false, false, false, 0);
    }

    /** An attempt whose process is about to start. */
    public static Attempt startingAttempt(Run run, int number) {
        return Attempt.starting(run.id(), number, 60, new OutputContract(Map.of(), List.of()), NOW);
    }

    /** A failure with everything a failure can have. */
    public static RunFailure aFailure() {
        return new RunFailure(RunFailureCode.ENGINE_EXIT_NONZERO, "Exit code 3", Optional.of("no such file"));
    }

    /** Proof of some output. */
    public static RunReceipt aReceipt(int attempt, Optional<Integer> exitCode) {
        return new RunReceipt(
                attempt, exitCode, new StreamReceipt(12, "a".repeat(64)), new StreamReceipt(0, "b".repeat(64)));
    }
}
