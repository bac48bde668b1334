package skillrunner.domain.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import skillrunner.domain.run.TurnFacts.Answer;
import skillrunner.domain.run.TurnFacts.Closing;

import static org.assertj.core.api.Assertions.assertThat;

class VerdictPolicyTest {
    private static final Answer ANSWER = new Answer(Map.of("n", 1), RepairLevel.NONE);
    private static final RunFailure FAULT = new RunFailure(RunFailureCode.INTERNAL_ERROR, "fault");
    private static final Closing COMPLETED = new Closing.Completed();

    @Test
    void a_closed_turn_with_a_valid_answer_succeeds() {
        assertThat(decide(false, null, SignInSign.NONE, 0, COMPLETED, Optional.of(ANSWER), List.of(), List.of()))
                .isEqualTo(new Verdict.Succeeded(ANSWER, List.of()));
    }

    @Test
    void a_repaired_answer_succeeds_with_a_warning() {
        Answer repaired = new Answer(Map.of(), RepairLevel.DETERMINISTIC_GENERIC);

        assertThat(decide(false, null, SignInSign.NONE, 0, COMPLETED, Optional.of(repaired), List.of(), List.of()))
                .isEqualTo(new Verdict.Succeeded(repaired, List.of("OUTPUT_REPAIRED_GENERIC")));
    }

    /** The first rule that applies decides; an exit of -1 stands for none. */
    @ParameterizedTest
    @CsvSource({
        "true,  TIMEOUT,      DEMAND, 3, failed,    CANCELED",
        "true,  ,             NONE,   0, completed, CANCELED",
        "true,  ,             NONE,  -1, missing,   CANCELED",
        "false, TIMEOUT,      DEMAND, 0, completed, AUTH_REQUIRED",
        "false, TIMEOUT,      DEMAND,-1, missing,   AUTH_REQUIRED",
        "false, TIMEOUT,      WORDS,  1, failed,    TIMEOUT",
        "false, TIMEOUT,      WORDS, -1, missing,   TIMEOUT",
        "false, STORAGE_FULL, DEMAND, 1, failed,    STORAGE_FULL",
        "false, STORAGE_FULL, WORDS,  1, failed,    STORAGE_FULL",
        "false, ,             WORDS,  1, completed, AUTH_REQUIRED",
        "false, ,             DEMAND, 1, completed, AUTH_REQUIRED",
        "false, ,             WORDS, -1, missing,   ORCHESTRATOR_RESTART_INTERRUPTED",
        "false, TIMEOUT,      NONE,   0, completed, TIMEOUT",
        "false, TIMEOUT,      NONE,   9, failed,    TIMEOUT",
        "false, TIMEOUT,      NONE,  -1, missing,   TIMEOUT",
        "false, ,             NONE,   3, completed, ENGINE_EXIT_NONZERO",
        "false, ,             NONE, 153, completed, FILE_LIMIT_EXCEEDED",
        "false, ,             NONE, 153, missing,   FILE_LIMIT_EXCEEDED",
        "false, ,             WORDS,153, failed,    AUTH_REQUIRED",
        "false, TIMEOUT,      NONE, 153, missing,   TIMEOUT",
        "true,  ,             NONE, 153, missing,   CANCELED",
        "false, ,             NONE,  -1, completed, ORCHESTRATOR_RESTART_INTERRUPTED",
        "false, ,             NONE,   0, failed,    ENGINE_EXIT_NONZERO",
        "false, ,             WORDS,  0, failed,    AUTH_REQUIRED",
        "false, ,             WORDS,  0, missing,   AUTH_REQUIRED",
        "false, ,             NONE,   0, missing,   OUTPUT_VALIDATION_FAILED",
        "false, ,             NONE,   0, completed, SUCCEEDED",
        "false, ,             WORDS,  0, completed, SUCCEEDED",
        "false, ,             DEMAND, 0, completed, SUCCEEDED",
    })
    void the_first_rule_that_applies_decides(
            boolean canceled,
            @Nullable RunFailureCode stopped,
            SignInSign signIn,
            int exit,
            String closing,
            String expected) {
        Closing how =
                switch (closing) {
                    case "completed" -> COMPLETED;
                    case "failed" -> new Closing.Failed("boom");
                    default -> new Closing.Missing();
                };

        Verdict verdict = decide(canceled, stopped, signIn, exit, how, Optional.of(ANSWER), List.of(), List.of());

        assertThat(word(verdict)).isEqualTo(expected);
    }

    @Test
    void all_problems_of_an_output_are_named_together() {
        Verdict verdict = decide(
                false,
                null,
                SignInSign.NONE,
                0,
                new Closing.Missing(),
                Optional.empty(),
                List.of("/a: wrong"),
                List.of("artifacts/x", "artifacts/y"));

        assertThat(verdict)
                .isEqualTo(new Verdict.Failed(new RunFailure(
                        RunFailureCode.OUTPUT_VALIDATION_FAILED,
                        "The engine ended without closing its turn; Output JSON missing or unreadable; "
                                + "Output validation failed: /a: wrong; "
                                + "Missing required artifacts: artifacts/x, artifacts/y")));
    }

    @Test
    void each_problem_alone_fails() {
        assertThat(decide(false, null, SignInSign.NONE, 0, COMPLETED, Optional.empty(), List.of(), List.of()))
                .isInstanceOf(Verdict.Failed.class);
        assertThat(decide(false, null, SignInSign.NONE, 0, COMPLETED, Optional.of(ANSWER), List.of("x"), List.of()))
                .isInstanceOf(Verdict.Failed.class);
        assertThat(decide(false, null, SignInSign.NONE, 0, COMPLETED, Optional.of(ANSWER), List.of(), List.of("x")))
                .isInstanceOf(Verdict.Failed.class);
    }

    @Test
    void the_engines_own_words_are_passed_on() {
        assertThat(decide(
                        false,
                        null,
                        SignInSign.NONE,
                        3,
                        new Closing.Failed("boom"),
                        Optional.empty(),
                        List.of(),
                        List.of()))
                .isEqualTo(new Verdict.Failed(new RunFailure(RunFailureCode.ENGINE_EXIT_NONZERO, "Exit code 3: boom")));
        assertThat(decide(
                        false,
                        null,
                        SignInSign.NONE,
                        0,
                        new Closing.Failed(" "),
                        Optional.empty(),
                        List.of(),
                        List.of()))
                .isEqualTo(new Verdict.Failed(
                        new RunFailure(RunFailureCode.ENGINE_EXIT_NONZERO, "The engine reported a failed turn")));
    }

    /** A tool may have been refused a file, and the engine may have failed for another reason: then its words are all that tells. */
    @Test
    void the_engines_own_words_are_passed_on_beside_a_refused_file() {
        assertThat(VerdictPolicy.decide(new TurnFacts(
                        new TurnEnd(true, false, Optional.empty(), Optional.empty(), 7, Optional.of(1)),
                        SignInSign.NONE,
                        new Closing.Failed("429 rate limit"),
                        false,
                        FileRefusal.TOLD,
                        Optional.empty(),
                        List.of(),
                        List.of())))
                .isEqualTo(new Verdict.Failed(new RunFailure(
                        RunFailureCode.FILE_LIMIT_EXCEEDED,
                        "The run wrote more, or more files, than a run may: 429 rate limit")));
    }

    @Test
    void a_closing_reason_nobody_knows_is_a_warning_beside_an_answer_that_fits_and_told_without_one() {
        Closing unclear = new Closing.Unclear("other");

        assertThat(decide(false, null, SignInSign.NONE, 0, unclear, Optional.of(ANSWER), List.of(), List.of()))
                .isEqualTo(new Verdict.Succeeded(ANSWER, List.of("ENGINE_CLOSING_REASON_UNKNOWN")));
        assertThat(decide(false, null, SignInSign.NONE, 0, unclear, Optional.empty(), List.of(), List.of()))
                .isEqualTo(new Verdict.Failed(new RunFailure(
                        RunFailureCode.OUTPUT_VALIDATION_FAILED,
                        "Output JSON missing or unreadable; "
                                + "The engine closed its turn for a reason that is not known: other")));
    }

    @Test
    void an_answer_that_is_too_large_fails_with_the_limit() {
        Verdict verdict = VerdictPolicy.decide(new TurnFacts(
                new TurnEnd(true, false, Optional.empty(), Optional.empty(), 7, Optional.of(0)),
                SignInSign.NONE,
                COMPLETED,
                true,
                FileRefusal.NONE,
                Optional.empty(),
                List.of(),
                List.of()));

        assertThat(verdict)
                .isEqualTo(new Verdict.Failed(new RunFailure(
                        RunFailureCode.ANSWER_LIMIT_EXCEEDED,
                        "The answer is longer than 16777216 characters (16 MiB)")));
    }

    /** Written a second time, as people would say it; the table of the policy must come to the same for every turn there is. */
    @Test
    void every_turn_is_judged_by_the_order_of_the_rules() {
        int turns = 0;
        for (TurnFacts facts : everyTurn()) {
            assertThat(word(VerdictPolicy.decide(facts))).as("%s", facts).isEqualTo(expected(facts));
            turns++;
        }
        assertThat(turns).isEqualTo(2 * 2 * 3 * 3 * 3 * 4 * 2 * 2 * 2 * 2 * 3);
    }

    @Test
    void a_verdict_that_needs_no_answer_is_the_verdict_whatever_the_answer_is() {
        for (TurnFacts facts : everyTurn()) {
            VerdictPolicy.withoutAnswer(facts.end())
                    .ifPresent(early -> assertThat(VerdictPolicy.decide(facts)).isEqualTo(early));
        }
    }

    @Test
    void a_turn_that_was_never_started_is_not_lost() {
        assertThat(VerdictPolicy.withoutAnswer(TurnEnd.beforeStart(false, Optional.empty())))
                .isEmpty();
        assertThat(VerdictPolicy.withoutAnswer(TurnEnd.beforeStart(false, Optional.of(FAULT))))
                .contains(new Verdict.Failed(FAULT));
        assertThat(VerdictPolicy.withoutAnswer(TurnEnd.beforeStart(true, Optional.of(FAULT))))
                .contains(new Verdict.Canceled());
    }

    private static List<TurnFacts> everyTurn() {
        List<TurnFacts> turns = new ArrayList<>();
        for (boolean canceled : new boolean[] {false, true}) {
            for (Optional<RunFailure> fault : List.of(Optional.<RunFailure>empty(), Optional.of(FAULT))) {
                for (Optional<RunFailureCode> stop : List.of(
                        Optional.<RunFailureCode>empty(),
                        Optional.of(RunFailureCode.TIMEOUT),
                        Optional.of(RunFailureCode.STORAGE_FULL))) {
                    for (Optional<Integer> exit : List.of(Optional.<Integer>empty(), Optional.of(0), Optional.of(3))) {
                        turns.addAll(everyTurn(new TurnEnd(true, canceled, fault, stop, 7, exit)));
                    }
                }
            }
        }
        return turns;
    }

    private static List<TurnFacts> everyTurn(TurnEnd end) {
        List<TurnFacts> turns = new ArrayList<>();
        for (SignInSign signIn : SignInSign.values()) {
            for (Closing closing : List.of(
                    COMPLETED, new Closing.Failed("boom"), new Closing.Unclear("other"), new Closing.Missing())) {
                for (boolean tooLarge : new boolean[] {false, true}) {
                    for (Optional<Answer> answer : List.of(Optional.<Answer>empty(), Optional.of(ANSWER))) {
                        for (List<String> breaches : List.of(List.<String>of(), List.of("/a: wrong"))) {
                            for (List<String> missing : List.of(List.<String>of(), List.of("artifacts/x"))) {
                                for (FileRefusal refused : FileRefusal.values()) {
                                    turns.add(new TurnFacts(
                                            end, signIn, closing, tooLarge, refused, answer, breaches, missing));
                                }
                            }
                        }
                    }
                }
            }
        }
        return turns;
    }

    private static String expected(TurnFacts facts) {
        TurnEnd end = facts.end();
        if (end.cancelRequested()) {
            return "CANCELED";
        }
        if (end.fault().isPresent()) {
            return "INTERNAL_ERROR";
        }
        if (end.stopReason().isPresent()) {
            boolean waitedForCode =
                    end.stopReason().get() == RunFailureCode.TIMEOUT && facts.signIn() == SignInSign.DEMAND;
            return waitedForCode ? "AUTH_REQUIRED" : end.stopReason().get().name();
        }
        if (end.exitCode().isEmpty()) {
            return "ORCHESTRATOR_RESTART_INTERRUPTED";
        }
        boolean clean = end.exitCode().get() == 0;
        boolean closedBadly = facts.closing() instanceof Closing.Failed || facts.closing() instanceof Closing.Missing;
        if (facts.signIn() != SignInSign.NONE && (!clean || closedBadly)) {
            return "AUTH_REQUIRED";
        }
        boolean told = facts.fileRefusal() != FileRefusal.NONE && (!clean || closedBadly);
        if (end.exitCode().get() == 153 || facts.fileRefusal() == FileRefusal.ENDED || told) {
            return "FILE_LIMIT_EXCEEDED";
        }
        if (!clean || facts.closing() instanceof Closing.Failed) {
            return "ENGINE_EXIT_NONZERO";
        }
        if (facts.answerTooLarge()) {
            return "ANSWER_LIMIT_EXCEEDED";
        }
        boolean good = facts.answer().isPresent()
                && facts.schemaErrors().isEmpty()
                && facts.missingArtifacts().isEmpty()
                && !(facts.closing() instanceof Closing.Missing);
        return good ? "SUCCEEDED" : "OUTPUT_VALIDATION_FAILED";
    }

    private static String word(Verdict verdict) {
        return verdict instanceof Verdict.Failed failed
                ? failed.failure().code().name()
                : verdict instanceof Verdict.Canceled ? "CANCELED" : "SUCCEEDED";
    }

    private static Verdict decide(
            boolean canceled,
            @Nullable RunFailureCode stopped,
            SignInSign signIn,
            int exit,
            Closing closing,
            Optional<Answer> answer,
            List<String> schemaErrors,
            List<String> missing) {
        return VerdictPolicy.decide(new TurnFacts(
                new TurnEnd(
                        true,
                        canceled,
                        Optional.empty(),
                        Optional.ofNullable(stopped),
                        7,
                        exit < 0 ? Optional.empty() : Optional.of(exit)),
                signIn,
                closing,
                false,
                FileRefusal.NONE,
                answer,
                schemaErrors,
                missing));
    }
}
