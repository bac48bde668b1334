package skillrunner.testkit.simulation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import skillrunner.application.run.result.RunResult;
import skillrunner.domain.run.Attempt;
import skillrunner.domain.run.IdempotencyKey;
import skillrunner.domain.run.OutputStreamKind;
import skillrunner.domain.run.RequestId;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunId;
import skillrunner.domain.run.RunReceipt;
import skillrunner.domain.run.RunRequest;
import skillrunner.domain.run.RunStatus;
import skillrunner.testkit.run.CoreOnFakes;

/** What must hold at every moment, and what must hold in the end. */
final class Rules {
    private final CoreOnFakes core;
    private final Luck luck;
    private final Agents agents;
    private final Map<RunId, Run> before = new HashMap<>();
    private final Map<RequestId, RunId> accepted = new HashMap<>();
    private final Map<IdempotencyKey, RequestId> keys = new HashMap<>();
    private final Set<RunId> promised = new HashSet<>();

    Rules(CoreOnFakes core, Luck luck, Agents agents) {
        this.core = core;
        this.luck = luck;
        this.agents = agents;
    }

    void acknowledged(RequestId request, Optional<IdempotencyKey> key) {
        RunRequest stored = core.runs
                .findRequest(request)
                .orElseThrow(() -> new AssertionError("the accepted request " + request + " is not stored"));
        accepted.put(request, stored.runId().orElseThrow());
        key.ifPresent(given -> {
            RequestId known = keys.putIfAbsent(given, request);
            if (known != null && !known.equals(request)) {
                throw new AssertionError("one key gave two requests: " + known + " and " + request);
            }
        });
    }

    void promisedEnd(RunId run) {
        promised.add(run);
    }

    /** To be called after each turn. */
    void checkNow(boolean faultless) {
        int queued = 0;
        int running = 0;
        for (Run run : core.runs.all()) {
            Run earlier = before.put(run.id(), run);
            if (earlier != null && earlier.status().isTerminal()) {
                require(earlier.equals(run), "an ended run has changed: " + earlier + " to " + run);
            } else if (run.status().isTerminal()) {
                checkEnd(earlier, run, faultless);
            }
            queued += run.status() == RunStatus.QUEUED ? 1 : 0;
            running += run.status() == RunStatus.RUNNING ? 1 : 0;
        }
        require(queued <= luck.maxQueued(), queued + " runs are queued, with room for " + luck.maxQueued());
        require(!faultless || running <= luck.slots(), running + " runs work in " + luck.slots() + " slots");
        require(agents.starts() == agents.kinds(), "an attempt was started twice");
    }

    private void checkEnd(Run earlier, Run run, boolean faultless) {
        Optional<RunResult> result = core.workspaces.result(run.id());
        boolean neverWorked = earlier == null || earlier.status() == RunStatus.QUEUED;
        if (run.status() == RunStatus.SUCCEEDED || (faultless && !neverWorked)) {
            require(result.isPresent(), "the run " + run.id() + " has ended before its result was there");
        }
        Optional<RunReceipt> receipt = core.runs.find(run.id(), run.attempt()).flatMap(Attempt::receipt);
        if (run.status() == RunStatus.SUCCEEDED) {
            require(receipt.isPresent(), "the run " + run.id() + " has succeeded without a receipt");
            require(
                    result.orElseThrow()
                            .data()
                            .orElseThrow()
                            .equals(Map.of("run", run.id().value())),
                    "the run " + run.id() + " has the answer of another: " + result);
        }
    }

    /** To be called once nothing more happens. */
    void checkAtLast(boolean fair) {
        for (Run run : core.runs.all()) {
            require(run.status().isTerminal(), "the run has never ended: " + run);
            checkReceipt(run);
            if (promised.contains(run.id())) {
                require(run.status() == RunStatus.CANCELED, "the end of the run was promised: " + run);
            }
            if (fair && run.status() != RunStatus.CANCELED) {
                agents.fate(run.id()).ifPresent(fate -> checkFate(run, fate));
            }
            require(
                    core.server().readRunResult.read(run, Simulation::says).size() > 0,
                    "the result of " + run.id() + " is gone");
        }
        accepted.forEach((request, run) -> {
            require(core.runs.findRequest(request).isPresent(), "the accepted request " + request + " is lost");
            require(core.runs.find(run).isPresent(), "the run of the accepted request " + request + " is lost");
        });
        require(!agents.anyWorks(), "an agent still works");
        require(core.held().isEmpty(), "programs are held for " + core.held());
        int busy = core.server().dispatcher.busySlots();
        require(busy == 0, busy + " slots were not given back");
    }

    private void checkReceipt(Run run) {
        core.runs.find(run.id(), run.attempt()).flatMap(Attempt::receipt).ifPresent(receipt -> {
            require(
                    receipt.stdout().equals(core.output.receipt(run.id(), OutputStreamKind.STDOUT))
                            && receipt.stderr().equals(core.output.receipt(run.id(), OutputStreamKind.STDERR)),
                    "the receipt of " + run.id() + " is not true");
        });
    }

    private void checkFate(Run run, Fate fate) {
        boolean inTime = agents.worked(run.id())
                .filter(time -> time.toSeconds() < core.settings().hardTimeoutSeconds())
                .isPresent();
        require(
                run.status() == fate.status() || (fate == Fate.ANSWERS && !inTime),
                "the agent of " + run.id() + " " + fate + ", but: " + run);
    }

    private static void require(boolean holds, String breach) {
        if (!holds) {
            throw new AssertionError(breach);
        }
    }
}
