package skillrunner.domain.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Judges a turn. The wish of its user comes first, then what this server could not do, then a process that is
 * gone without a trace, then why the server stopped it, and only then the engine's own words: success needs the engine's own closing event, exit code 0, an answer that fits the schema
 * and all required artifacts. The first rule that applies decides. A run that may ask its user waits where one that may not
 * would fail for want of an answer, unless its engine says that it is done.
 */
public final class VerdictPolicy {
    /** Warning on a success whose answer had to be cut out of other text. */
    public static final String OUTPUT_REPAIRED = "OUTPUT_REPAIRED_GENERIC";

    /** Warning on a success whose engine closed its turn for a reason nobody knows. */
    public static final String CLOSING_UNCLEAR = "ENGINE_CLOSING_REASON_UNKNOWN";

    /** Warning on a success whose engine did not say that it is done, though it could have asked. */
    public static final String DONE_MARKER_MISSING = "INTERACTIVE_COMPLETED_WITHOUT_DONE_MARKER";

    private VerdictPolicy() {}

    private record Rule<F>(Predicate<F> applies, Function<F, Verdict> verdict) {}

    /** What needs no look at the engine's output. */
    private static final List<Rule<TurnEnd>> WITHOUT_ANSWER = List.of(
            new Rule<>(TurnEnd::cancelRequested, end -> new Verdict.Canceled()),
            new Rule<>(
                    end -> end.fault().isPresent(),
                    end -> new Verdict.Failed(end.fault().orElseThrow())),
            // Of a timeout the output may tell that the engine waited for somebody.
            new Rule<>(
                    end -> end.stopReason()
                            .filter(reason -> reason != RunFailureCode.TIMEOUT)
                            .isPresent(),
                    end -> stopped(end)),
            new Rule<>(
                    TurnEnd::isLost,
                    end -> failed(
                            RunFailureCode.ORCHESTRATOR_RESTART_INTERRUPTED,
                            "The engine's process is gone and left no exit code")));

    private static final List<Rule<TurnFacts>> WITH_ANSWER = List.of(
            // An engine that waits for a code waits until its time is over. Mere words don't explain why it took so
            // long.
            new Rule<>(
                    facts -> facts.end()
                                    .stopReason()
                                    .filter(RunFailureCode.TIMEOUT::equals)
                                    .isPresent()
                            && facts.signIn() == SignInSign.DEMAND,
                    VerdictPolicy::notSignedIn),
            new Rule<>(facts -> facts.end().stopReason().isPresent(), facts -> stopped(facts.end())),
            new Rule<>(facts -> facts.signIn().isThere() && facts.turnFailed(), VerdictPolicy::notSignedIn),
            new Rule<>(
                    facts -> facts.turnFailed() && is(facts, TurnFacts.Dialogue::conversationLost),
                    facts -> failed(
                            RunFailureCode.SESSION_RESUME_FAILED,
                            "The engine could not take the conversation up again" + engineWords(facts))),
            new Rule<>(
                    TurnFacts::failedForAFile,
                    facts -> failed(
                            RunFailureCode.FILE_LIMIT_EXCEEDED,
                            StopPolicy.failure(
                                                    RunFailureCode.FILE_LIMIT_EXCEEDED,
                                                    facts.end().hardTimeoutSeconds())
                                            .message()
                                    + engineWords(facts))),
            new Rule<>(
                    facts -> !facts.end().exitedCleanly(),
                    facts -> failed(
                            RunFailureCode.ENGINE_EXIT_NONZERO,
                            "Exit code "
                                    + facts.end()
                                            .exitCode()
                                            .map(String::valueOf)
                                            .orElse("unknown")
                                    + engineWords(facts))),
            new Rule<>(
                    facts -> facts.closing() instanceof TurnFacts.Closing.Failed,
                    facts -> failed(
                            RunFailureCode.ENGINE_EXIT_NONZERO,
                            "The engine reported a failed turn" + engineWords(facts))),
            new Rule<>(
                    TurnFacts::answerTooLarge,
                    facts -> failed(
                            RunFailureCode.ANSWER_LIMIT_EXCEEDED,
                            "The answer is longer than " + OutputCandidates.MOST_CHARACTERS + " characters (16 MiB)")),
            new Rule<>(
                    facts -> mayAsk(facts) && asks(facts) && is(facts, TurnFacts.Dialogue::isLast),
                    facts -> failed(
                            RunFailureCode.INTERACTIVE_MAX_ATTEMPT_EXCEEDED,
                            "The skill allows "
                                    + facts.dialogue()
                                            .flatMap(TurnFacts.Dialogue::maxAttempt)
                                            .orElse(0) + " turns, and the last one ended with a question")),
            new Rule<>(
                    facts -> mayAsk(facts) && asks(facts) && is(facts, TurnFacts.Dialogue::isEngineLost),
                    facts -> failed(
                            RunFailureCode.INTERACTION_PROCESS_LOST,
                            "The engine asks something, and has ended instead of waiting for the answer")),
            new Rule<>(
                    facts -> mayAsk(facts) && asks(facts) && is(facts, dialogue -> !dialogue.resumable()),
                    facts -> failed(
                            RunFailureCode.SESSION_RESUME_FAILED,
                            "The engine asks something, and named no session in which it could be answered")),
            new Rule<>(
                    facts -> mayAsk(facts) && asks(facts),
                    facts -> new Verdict.Asks(
                            facts.dialogue().map(TurnFacts.Dialogue::asked).orElseThrow())),
            new Rule<>(
                    facts -> !problems(facts).isEmpty(),
                    facts -> failed(RunFailureCode.OUTPUT_VALIDATION_FAILED, String.join("; ", problems(facts)))),
            new Rule<>(facts -> true, VerdictPolicy::succeeded));

    /**
     * Decides what does not depend on the engine's output, so that a run which is to end does not wait for its output to be
     * read.
     *
     * @param end how the turn ended
     * @return the verdict, or empty if the output decides
     */
    public static Optional<Verdict> withoutAnswer(TurnEnd end) {
        return first(WITHOUT_ANSWER, end);
    }

    /**
     * Decides.
     *
     * @param facts what is known
     * @return the verdict
     */
    public static Verdict decide(TurnFacts facts) {
        return withoutAnswer(facts.end()).or(() -> first(WITH_ANSWER, facts)).orElseThrow();
    }

    private static Verdict stopped(TurnEnd end) {
        return new Verdict.Failed(StopPolicy.failure(end.stopReason().orElseThrow(), end.hardTimeoutSeconds()));
    }

    private static boolean is(TurnFacts facts, Predicate<TurnFacts.Dialogue> what) {
        return facts.dialogue().filter(what).isPresent();
    }

    /** An engine that said nothing of an end was cut off, which is no question; one that is done has none. */
    private static boolean mayAsk(TurnFacts facts) {
        return is(facts, dialogue -> !dialogue.done()) && !(facts.closing() instanceof TurnFacts.Closing.Missing);
    }

    /** What fits the schema is an answer and no question, unless it says so itself; missing files make it a bad one. */
    private static boolean asks(TurnFacts facts) {
        return is(facts, TurnFacts.Dialogue::asks)
                || facts.answer().isEmpty()
                || !facts.schemaErrors().isEmpty();
    }

    private static <F> Optional<Verdict> first(List<Rule<F>> rules, F facts) {
        return rules.stream()
                .filter(rule -> rule.applies().test(facts))
                .findFirst()
                .map(rule -> rule.verdict().apply(facts));
    }

    private static List<String> problems(TurnFacts facts) {
        List<String> problems = new ArrayList<>();
        if (facts.closing() instanceof TurnFacts.Closing.Missing) {
            problems.add("The engine ended without closing its turn");
        }
        if (facts.answer().isEmpty()) {
            problems.add("Output JSON missing or unreadable");
        }
        if (!facts.schemaErrors().isEmpty()) {
            problems.add("Output validation failed: " + String.join("; ", facts.schemaErrors()));
        }
        if (!facts.missingArtifacts().isEmpty()) {
            problems.add(facts.missingArtifacts().stream()
                    .collect(Collectors.joining(", ", "Missing required artifacts: ", "")));
        }
        if (!problems.isEmpty() && facts.closing() instanceof TurnFacts.Closing.Unclear unclear) {
            problems.add("The engine closed its turn for a reason that is not known: " + unclear.reason());
        }
        return problems;
    }

    private static Verdict succeeded(TurnFacts facts) {
        TurnFacts.Answer answer = facts.answer().orElseThrow();
        List<String> warnings = new ArrayList<>();
        if (answer.repair() != RepairLevel.NONE) {
            warnings.add(OUTPUT_REPAIRED);
        }
        if (facts.closing() instanceof TurnFacts.Closing.Unclear) {
            warnings.add(CLOSING_UNCLEAR);
        }
        if (is(facts, dialogue -> !dialogue.done())) {
            warnings.add(DONE_MARKER_MISSING);
        }
        return new Verdict.Succeeded(answer, warnings);
    }

    private static Verdict notSignedIn(TurnFacts facts) {
        return failed(RunFailureCode.AUTH_REQUIRED, "The engine is not signed in" + engineWords(facts));
    }

    private static Verdict failed(RunFailureCode code, String message) {
        return new Verdict.Failed(new RunFailure(code, message));
    }

    private static String engineWords(TurnFacts facts) {
        return facts.closing() instanceof TurnFacts.Closing.Failed failed
                        && !failed.message().isBlank()
                ? ": " + failed.message()
                : "";
    }
}
