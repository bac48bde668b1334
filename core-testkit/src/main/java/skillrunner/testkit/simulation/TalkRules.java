package skillrunner.testkit.simulation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import skillrunner.application.run.journal.JournalEvent;
import skillrunner.domain.interaction.DecidedBy;
import skillrunner.domain.interaction.Decision;
import skillrunner.domain.interaction.Interaction;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusalFacts;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.run.RequestId;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunFailureCode;
import skillrunner.domain.run.RunId;
import skillrunner.domain.run.RunRequest;
import skillrunner.domain.run.RunStatus;
import skillrunner.testkit.run.CoreOnFakes;
import skillrunner.testkit.run.JournalInvariants;
import skillrunner.testkit.run.JournalRanges;
import skillrunner.testkit.run.ScriptedAgentProcesses.ScriptedProcess;

import static skillrunner.testkit.simulation.Rules.require;

/** What must hold of questions, of their answers and of what is told of them. */
final class TalkRules {
    /** No server is away so long. */
    private static final Duration LONG_OVER = Duration.ofHours(1);

    private final CoreOnFakes core;
    private final Luck luck;
    private final Map<RunId, Map<Integer, Interaction>> before = new HashMap<>();
    private final Map<RunId, Run> looked = new HashMap<>();
    private final Map<RunId, Set<Integer>> launched = new HashMap<>();
    private final Map<RequestId, List<List<JournalEvent>>> seen = new HashMap<>();
    private Optional<String> breach = Optional.empty();

    TalkRules(CoreOnFakes core, Luck luck) {
        this.core = core;
        this.luck = luck;
    }

    /** An agent starts: whatever it asked before has its decision, and that is what it is told. */
    void launched(ScriptedProcess process) {
        RunId run = Agents.run(process);
        int attempt = Agents.attempt(process);
        boolean first = launched.computeIfAbsent(run, id -> new HashSet<>()).add(attempt);
        if (!first) {
            breach = Optional.of("attempt " + attempt + " of " + run + " was started twice");
        }
        Optional<Interaction> asked = core.interactions.all(run).stream()
                .filter(it -> it.attempt() == attempt - 1)
                .findFirst();
        if (attempt > 1 && asked.flatMap(Interaction::decision).isEmpty()) {
            breach = Optional.of("the agent of " + run + " goes on without an answer to " + asked);
        }
        asked.flatMap(Interaction::decision)
                .filter(made -> made.decidedBy() == DecidedBy.USER_REPLY)
                .filter(made -> !made.response().equals(Optional.of(prompt(run))))
                .ifPresent(made -> breach =
                        Optional.of("the agent of " + run + " is told '" + prompt(run) + "', decided is " + made));
    }

    /** An agent that keeps running is told something: after its prompt that is the decision of its last question, and once. */
    void heard(ScriptedProcess process, String line) {
        RunId run = Agents.run(process);
        int attempt = Agents.attempt(process) + process.heard().size() - 1;
        if (attempt == Agents.attempt(process)) {
            return;
        }
        if (!launched.computeIfAbsent(run, id -> new HashSet<>()).add(attempt)) {
            breach = Optional.of("attempt " + attempt + " of " + run + " was begun twice");
        }
        Optional<Interaction> asked = core.interactions.all(run).stream()
                .filter(it -> it.attempt() == attempt - 1)
                .findFirst();
        boolean decided = asked.flatMap(Interaction::decision)
                .filter(made -> made.decidedBy() == DecidedBy.AUTO_DECIDE_TIMEOUT
                        || made.response().equals(Optional.of(line)))
                .isPresent();
        if (!decided) {
            breach = Optional.of("the agent of " + run + " is told '" + line + "' in answer to " + asked);
        }
    }

    /** A client was told that its answer counts. */
    void answered(RunId run, int question, String words) {
        Optional<Decision> made = core.interactions.find(run, question).flatMap(Interaction::decision);
        require(
                made.filter(it -> it.decidedBy() == DecidedBy.USER_REPLY
                                && it.response().equals(Optional.of(words)))
                        .isPresent(),
                () -> "the answer '" + words + "' to question " + question + " of " + run + " was accepted, decided is "
                        + made);
    }

    /** A client was told that its answer does not count. */
    void turnedAway(RequestId request, int question, String words, boolean mayBeOwn, RefusedException refused) {
        ErrorCode code = refused.refusal().code();
        if (code == ErrorCode.RUN_QUEUE_FULL) {
            return;
        }
        if (luck.keeps() && code == ErrorCode.INTERACTION_NOT_PENDING) {
            // Its engine is gone or is being ended; the run follows it in a moment.
            return;
        }
        require(code == ErrorCode.INTERACTION_DECIDED, () -> "a late answer to " + request + " is refused: " + refused);
        RunId run = core.runs.findRequest(request).flatMap(RunRequest::runId).orElseThrow();
        Optional<Decision> made = core.interactions.find(run, question).flatMap(Interaction::decision);
        require(
                made.isPresent()
                        && refused.refusal()
                                .facts()
                                .filter(new RefusalFacts.Decided(
                                        question,
                                        made.get().response(),
                                        made.get().decidedBy().wire(),
                                        made.get().decidedAt())::equals)
                                .isPresent(),
                () -> "a late answer to " + run + " is told "
                        + refused.refusal().facts() + ", decided is " + made);
        require(
                mayBeOwn || !made.orElseThrow().response().equals(Optional.of(words)),
                () -> "the answer '" + words + "' counts and was refused");
    }

    /** A client that followed a run to its end has these events. */
    void followed(RequestId request, List<JournalEvent> events) {
        seen.computeIfAbsent(request, id -> new ArrayList<>()).add(events);
    }

    /** To be called after each turn. */
    void checkNow() {
        breach.ifPresent(what -> {
            throw new AssertionError(what);
        });
        for (Run run : core.runs.all()) {
            checkDeadline(run);
            if (run.equals(looked.put(run.id(), run))) {
                continue;
            }
            Map<Integer, Interaction> known = before.computeIfAbsent(run.id(), id -> new HashMap<>());
            List<Interaction> all = core.interactions.all(run.id());
            for (Interaction now : all) {
                Interaction earlier = known.put(now.number(), now);
                require(
                        earlier == null || earlier.isPending() || earlier.equals(now),
                        () -> "a decision has changed: " + earlier + " to " + now);
            }
            List<Integer> pending = all.stream()
                    .filter(Interaction::isPending)
                    .map(Interaction::number)
                    .toList();
            require(
                    run.status() == RunStatus.WAITING_USER
                            ? pending.equals(run.interactions().pending().stream()
                                            .toList())
                                    && pending.size() == 1
                            : pending.isEmpty(),
                    () -> "the questions " + pending + " wait, and the run is " + run);
        }
    }

    /** Nobody waits for a decision that nobody will take. */
    private void checkDeadline(Run run) {
        if (luck.isFair() && run.status() == RunStatus.WAITING_USER) {
            run.interactions()
                    .pending()
                    .flatMap(number -> core.interactions.find(run.id(), number))
                    .flatMap(Interaction::deadline)
                    .ifPresent(deadline -> require(
                            core.clock.instant().isBefore(deadline.plus(LONG_OVER)),
                            () -> "nobody decides, and the time was over at " + deadline + ": " + run));
        }
    }

    /** To be called once nothing more happens. */
    void checkAtLast() {
        looked.clear();
        checkNow();
        for (Run run : core.runs.all()) {
            core.server().keepJournal.settle(run.id());
            checkAnswersGiven(run);
            new JournalInvariants(core.journal, run.id()).check();
            if (luck.isFaultless() && !luck.powerCuts()) {
                new JournalRanges(core.journal, core.output, run.id()).check();
            }
        }
        seen.forEach((request, all) -> all.forEach(events -> {
            RunId run =
                    core.runs.findRequest(request).flatMap(RunRequest::runId).orElseThrow();
            List<JournalEvent> stored = core.server().journalReader.fcmpAfter(run, 0, Integer.MAX_VALUE);
            require(
                    events.equals(stored),
                    () -> "a client was told of the end of " + run + " and has " + events + "\nwhere the history is "
                            + stored);
        }));
    }

    /** A stored answer reaches the agent, unless somebody ended the run or nothing else worked either. */
    private void checkAnswersGiven(Run run) {
        boolean killedTooOften = run.failure()
                .filter(failure -> failure.code() == RunFailureCode.PREPARATION_FAILED
                        // It may have gone away just before it was told.
                        || failure.code() == RunFailureCode.INTERACTION_PROCESS_LOST)
                .isPresent();
        if (run.status() == RunStatus.CANCELED || !luck.isFair() || killedTooOften) {
            return;
        }
        for (Interaction asked : core.interactions.all(run.id())) {
            boolean decided = asked.decision()
                    .filter(made -> made.decidedBy() == DecidedBy.USER_REPLY
                            || made.decidedBy() == DecidedBy.AUTO_DECIDE_TIMEOUT)
                    .isPresent();
            require(
                    !decided || launched.getOrDefault(run.id(), Set.of()).contains(asked.attempt() + 1),
                    () -> "the agent was never told " + asked + " of " + run);
        }
    }

    private String prompt(RunId run) {
        return core.output
                .prompt(run)
                .map(stored -> {
                    try (InputStream in = stored.open(0)) {
                        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .orElse("");
    }
}
