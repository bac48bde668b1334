package skillrunner.testkit.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import skillrunner.application.run.result.RunResult;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.run.Attempt;
import skillrunner.domain.run.IdempotencyKey;
import skillrunner.domain.run.OutputStreamKind;
import skillrunner.domain.run.RequestId;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunFailure;
import skillrunner.domain.run.RunFailureCode;
import skillrunner.domain.run.RunId;
import skillrunner.domain.run.RunReceipt;
import skillrunner.domain.run.RunRequest;
import skillrunner.domain.run.RunStatus;
import skillrunner.testkit.run.CoreOnFakes;
import skillrunner.testkit.run.ScriptedAgentProcesses.ScriptedProcess;

/** What must hold of runs at every moment, and what must hold in the end. */
final class Rules {
    private final CoreOnFakes core;
    private final Luck luck;
    private final Agents agents;
    private final Map<RunId, Run> before = new HashMap<>();
    private final Map<RunId, Map<String, String>> artifacts = new HashMap<>();
    private final Set<RequestId> accepted = new HashSet<>();
    private final Map<IdempotencyKey, RequestId> keys = new HashMap<>();
    private final Map<RequestId, List<Map<String, String>>> sent = new HashMap<>();
    private final Map<RequestId, Map<String, String>> received = new HashMap<>();
    private final Map<RunId, Map<String, String>> found =
            new TreeMap<>((one, other) -> one.value().compareTo(other.value()));
    private final Set<RunId> promised = new HashSet<>();

    /** What was seen where nobody could be told: inside the core, which catches everything. */
    private Optional<String> seen = Optional.empty();

    Rules(CoreOnFakes core, Luck luck, Agents agents) {
        this.core = core;
        this.luck = luck;
        this.agents = agents;
    }

    void acknowledged(RequestId request, Optional<IdempotencyKey> key) {
        require(isStored(request), () -> "the accepted request " + request + " is not stored");
        accepted.add(request);
        key.ifPresent(given -> {
            RequestId known = keys.putIfAbsent(given, request);
            require(
                    known == null || known.equals(request),
                    () -> "one key gave two requests: " + known + " and " + request);
        });
    }

    private boolean isStored(RequestId request) {
        return core.runs.findRequest(request).isPresent()
                || core.runs.temporary().find(request).isPresent();
    }

    void sends(RequestId request, Map<String, String> files) {
        sent.computeIfAbsent(request, id -> new ArrayList<>()).add(files);
    }

    void received(RequestId request, Map<String, String> files) {
        received.put(request, files);
    }

    void promisedEnd(RunId run) {
        promised.add(run);
    }

    /** An agent starts: now everything must be in its place. */
    void launched(ScriptedProcess process) {
        RunId run = Agents.run(process);
        Set<String> torn = core.workspaces.torn(run);
        if (!torn.isEmpty()) {
            seen = Optional.of("the agent of " + run + " was started on half of its " + torn);
        }
        if (!core.programs.exists(process.order().program())) {
            seen = Optional.of("the program of " + run + " was removed before it started");
        }
        found.put(run, core.workspaces.files(run));
    }

    /** To be called after each turn. */
    void checkNow(boolean faultless) {
        seen.ifPresent(breach -> {
            throw new AssertionError(breach);
        });
        int queued = 0;
        int running = 0;
        for (Run run : core.runs.all()) {
            Run earlier = before.put(run.id(), run);
            if (earlier != null && earlier.status().isTerminal()) {
                require(earlier.equals(run), () -> "an ended run has changed: " + earlier + " to " + run);
            } else if (run.status().isTerminal()) {
                checkEnd(earlier, run, faultless);
            }
            boolean works = run.isCarriedOut();
            // Whoever asked may still have its process.
            boolean owned = works || run.status() == RunStatus.WAITING_USER;
            require(owned || run.lease().isEmpty(), () -> "nobody carries it out, but it has an owner: " + run);
            require(
                    !works || run.lease().isPresent() || luck.beginsWithoutLeases(),
                    () -> "somebody carries it out, but it has no owner: " + run);
            queued += run.status() == RunStatus.QUEUED ? 1 : 0;
            running += works ? 1 : 0;
        }
        int waiting = queued;
        int working = running;
        // Whom nobody answered in time was admitted once and is not turned away.
        require(
                luck.talks() || waiting <= luck.maxQueued(),
                () -> waiting + " runs are queued, with room for " + luck.maxQueued());
        require(!faultless || working <= luck.slots(), () -> working + " runs work in " + luck.slots() + " slots");
        require(agents.starts() == agents.kinds(), () -> "an attempt was started twice");
        core.processes
                .programs()
                .forEach(program -> require(core.programs.exists(program), () -> program + " works and was removed"));
    }

    private void checkEnd(Run earlier, Run run, boolean faultless) {
        Optional<RunResult> result = core.workspaces.result(run.id());
        // Whoever ends a run that nobody carries out leaves its result to whoever asks for it.
        boolean neverWorked = earlier == null || !earlier.isCarriedOut();
        if (run.status() == RunStatus.SUCCEEDED || (faultless && !neverWorked)) {
            require(result.isPresent(), () -> "the run " + run.id() + " has ended before its result was there");
        }
        require(
                !faultless || neverWorked || !core.packages.kept().containsKey(run.requestId()),
                () -> "the run " + run.id() + " has ended before its temporary skill was removed");
        require(!faultless || !agents.work(run.id()), () -> "the run " + run.id() + " has ended, its agent works");
        if (run.status() == RunStatus.SUCCEEDED) {
            Optional<RunReceipt> receipt =
                    core.runs.find(run.id(), run.attempt()).flatMap(Attempt::receipt);
            require(receipt.isPresent(), () -> "the run " + run.id() + " has succeeded without a receipt");
            require(
                    result.orElseThrow()
                            .data()
                            .orElseThrow()
                            .equals(Map.of("run", run.id().value())),
                    () -> "the run " + run.id() + " has the answer of another: " + result);
            artifacts.put(run.id(), core.workspaces.artifacts(run.id()));
        }
    }

    /** To be called once nothing more happens. */
    void checkAtLast(boolean fair) {
        require(
                !luck.isFaultless() || core.packages.kept().isEmpty(),
                () -> "temporary skills are left: " + core.packages.kept());
        for (Run run : core.runs.all()) {
            require(run.status().isTerminal(), () -> "the run has never ended: " + run);
            checkReceipt(run);
            checkFiles(run);
            if (promised.contains(run.id())) {
                require(run.status() == RunStatus.CANCELED, () -> "the end of the run was promised: " + run);
            }
            if (fair && run.status() != RunStatus.CANCELED) {
                agents.fate(run.id()).ifPresent(fate -> checkFate(run, fate));
                require(
                        run.failure()
                                .map(RunFailure::code)
                                .filter(RunFailureCode.SKILL_NOT_FOUND::equals)
                                .isEmpty(),
                        () -> "the skill was there all the time: " + run);
            }
            require(hasResult(run), () -> "the result of " + run.id() + " is gone");
        }
        for (RequestId request : accepted) {
            require(isStored(request), () -> "the accepted request " + request + " is lost");
            Optional<RunId> served = core.runs.findRequest(request).flatMap(RunRequest::runId);
            served.ifPresent(run -> require(
                    core.runs.find(run).isPresent(), () -> "the run of the accepted request " + request + " is lost"));
            require(
                    !received.containsKey(request) || served.isPresent(),
                    () -> "the files of " + request + " were accepted, and it has no run");
        }
        artifacts.forEach((run, files) -> require(
                core.workspaces.artifacts(run).equals(files),
                () -> "of the artifacts " + files + " of " + run + " are left " + core.workspaces.artifacts(run)));
        require(!agents.anyWorks(), () -> "an agent still works");
        require(core.held().isEmpty(), () -> "programs are held for " + core.held());
        int busy = core.server().dispatcher.busySlots();
        require(busy == 0, () -> busy + " slots were not given back");
    }

    private boolean hasResult(Run run) {
        try {
            return core.server().readRunResult.read(run, Simulation::says).size() > 0;
        } catch (RefusedException e) {
            return false;
        }
    }

    private void checkReceipt(Run run) {
        core.runs
                .find(run.id(), run.attempt())
                .flatMap(Attempt::receipt)
                .ifPresent(receipt -> require(
                        receipt.stdout().equals(core.output.receipt(run.id(), OutputStreamKind.STDOUT))
                                && receipt.stderr().equals(core.output.receipt(run.id(), OutputStreamKind.STDERR)),
                        () -> "the receipt of " + run.id() + " is not true"));
    }

    /** An agent found the files of one upload, all of them, and of the one that was accepted. */
    private void checkFiles(Run run) {
        Map<String, String> files = found.get(run.id());
        if (files == null) {
            return;
        }
        Map<String, String> expected = received.get(run.requestId());
        require(
                expected == null || expected.equals(files),
                () -> "the agent of " + run.id() + " found " + files + " where " + expected + " was accepted");
        List<Map<String, String>> tries = sent.getOrDefault(run.requestId(), List.of());
        require(
                files.isEmpty() ? tries.isEmpty() : tries.contains(files),
                () -> "the agent of " + run.id() + " found " + files + ", which nobody sent: " + tries);
    }

    private void checkFate(Run run, Fate fate) {
        boolean inTime = agents.worked(run.id())
                .filter(time -> time.toSeconds() < core.settings().hardTimeoutSeconds())
                .isPresent();
        require(
                fate == Fate.ASKS || run.status() == fate.status() || (fate == Fate.ANSWERS && !inTime),
                () -> "the agent of " + run.id() + " " + fate + ", but: " + run);
    }

    /** Refuses a breach; the words are made only if there is one. */
    static void require(boolean holds, Supplier<String> breach) {
        if (!holds) {
            throw new AssertionError(Objects.requireNonNull(breach.get()));
        }
    }
}
