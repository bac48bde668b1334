package skillrunner.domain.run;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Judges a turn in auto mode: success needs the engine's own closing event, exit code 0, an answer that fits the schema
 * and all required artifacts. The first rule that applies decides.
 */
public final class VerdictPolicy {
    /** Warning on a success whose answer had to be cut out of other text. */
    public static final String OUTPUT_REPAIRED = "OUTPUT_REPAIRED_GENERIC";

    /** Warning on a success whose engine closed its turn for a reason nobody knows. */
    public static final String CLOSING_UNCLEAR = "ENGINE_CLOSING_REASON_UNKNOWN";

    private VerdictPolicy() {}

    /**
     * Decides.
     *
     * @param facts what is known
     * @return the verdict
     */
    public static Verdict decide(TurnFacts facts) {
        if (facts.cancelRequested()) {
            return new Verdict.Canceled();
        }
        boolean exitedCleanly = facts.exitCode().orElse(-1) == 0;
        boolean turnFailed = !exitedCleanly
                || facts.closing() instanceof TurnFacts.Closing.Failed
                || facts.closing() instanceof TurnFacts.Closing.Missing;
        if (facts.stopped().isPresent()) {
            RunFailure stop = facts.stopped().get();
            // An engine that waits for a code waits until its time is over. Mere words don't explain why it took so
            // long.
            return stop.code() == RunFailureCode.TIMEOUT && facts.signIn() == SignInSign.DEMAND
                    ? notSignedIn(facts)
                    : new Verdict.Failed(stop);
        }
        if (facts.signIn().isThere() && turnFailed) {
            return notSignedIn(facts);
        }
        if (!exitedCleanly) {
            String code = facts.exitCode().map(String::valueOf).orElse("unknown");
            return failed(RunFailureCode.ENGINE_EXIT_NONZERO, "Exit code " + code + engineWords(facts));
        }
        if (facts.closing() instanceof TurnFacts.Closing.Failed) {
            return failed(RunFailureCode.ENGINE_EXIT_NONZERO, "The engine reported a failed turn" + engineWords(facts));
        }
        if (facts.answerTooLarge()) {
            return failed(
                    RunFailureCode.ANSWER_LIMIT_EXCEEDED,
                    "The answer is longer than " + OutputCandidates.MOST_CHARACTERS + " characters (16 MiB)");
        }
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
        if (!problems.isEmpty()) {
            return failed(RunFailureCode.OUTPUT_VALIDATION_FAILED, String.join("; ", problems));
        }
        TurnFacts.Answer answer = facts.answer().orElseThrow();
        List<String> warnings = new ArrayList<>();
        if (answer.repair() != RepairLevel.NONE) {
            warnings.add(OUTPUT_REPAIRED);
        }
        if (facts.closing() instanceof TurnFacts.Closing.Unclear) {
            warnings.add(CLOSING_UNCLEAR);
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
