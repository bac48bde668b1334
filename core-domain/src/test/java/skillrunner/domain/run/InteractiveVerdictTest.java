package skillrunner.domain.run;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import skillrunner.domain.interaction.QuestionRules;
import skillrunner.domain.run.TurnFacts.Answer;
import skillrunner.domain.run.TurnFacts.Closing;

import static org.assertj.core.api.Assertions.assertThat;

class InteractiveVerdictTest {
    private static final QuestionRules.Asked ASKED = QuestionRules.plain("Which?");

    /** What the turn of a run that may ask comes to; {@code fits} says how the answer fits the schema. */
    @ParameterizedTest(name = "{index}: {0} {1} {2} {3} {4} {5} -> {9}")
    @CsvSource({
        // canceled, stop, exit, closing, done, fits, asks, artifacts, attempt of max, verdict
        "true,  ,        0, completed, false, none, false, true,  1/-, CANCELED",
        "false, TIMEOUT, 0, completed, false, none, true,  true,  1/-, TIMEOUT",
        "false, ,        3, completed, true,  yes,  false, true,  1/-, ENGINE_EXIT_NONZERO",
        "false, ,        0, failed,    false, none, true,  true,  1/-, ENGINE_EXIT_NONZERO",
        "false, ,        0, missing,   false, none, true,  true,  1/-, OUTPUT_VALIDATION_FAILED",
        "false, ,        0, missing,   true,  yes,  false, true,  1/-, OUTPUT_VALIDATION_FAILED",
        "false, ,        0, completed, true,  yes,  false, true,  1/-, SUCCEEDED",
        "false, ,        0, completed, true,  yes,  true,  true,  1/-, SUCCEEDED",
        "false, ,        0, completed, true,  no,   false, true,  1/-, OUTPUT_VALIDATION_FAILED",
        "false, ,        0, completed, true,  none, false, true,  1/-, OUTPUT_VALIDATION_FAILED",
        "false, ,        0, completed, true,  yes,  false, false, 1/-, OUTPUT_VALIDATION_FAILED",
        "false, ,        0, completed, false, yes,  true,  true,  1/-, ASKS",
        "false, ,        0, completed, false, yes,  false, true,  1/-, SOFTLY",
        "false, ,        0, completed, false, yes,  false, false, 1/-, OUTPUT_VALIDATION_FAILED",
        "false, ,        0, completed, false, no,   false, true,  1/-, ASKS",
        "false, ,        0, completed, false, none, false, true,  1/-, ASKS",
        "false, ,        0, unclear,   false, none, false, true,  1/-, ASKS",
        "false, ,        0, completed, false, none, false, true,  1/1, INTERACTIVE_MAX_ATTEMPT_EXCEEDED",
        "false, ,        0, completed, false, none, true,  true,  2/1, INTERACTIVE_MAX_ATTEMPT_EXCEEDED",
        "false, ,        0, completed, false, none, false, true,  1/2, ASKS",
        "false, ,        0, completed, true,  yes,  false, true,  9/1, SUCCEEDED",
        "false, ,        0, completed, false, yes,  false, true,  9/1, SOFTLY",
    })
    void the_first_rule_that_applies_decides(
            boolean canceled,
            @Nullable RunFailureCode stopped,
            int exit,
            String closing,
            boolean done,
            String fits,
            boolean asks,
            boolean artifacts,
            String attempts,
            String expected) {
        Verdict verdict = VerdictPolicy.decide(new TurnFacts(
                new TurnEnd(true, canceled, Optional.empty(), Optional.ofNullable(stopped), 60, Optional.of(exit)),
                SignInSign.NONE,
                closing(closing),
                false,
                FileRefusal.NONE,
                fits.equals("none") ? Optional.empty() : Optional.of(new Answer(Map.of("n", 1), RepairLevel.NONE)),
                fits.equals("no") ? List.of("/n: must be a text") : List.of(),
                artifacts ? List.of() : List.of("artifacts/report.md"),
                Optional.of(dialogue(done, asks, attempts, false, true, false, true))));

        assertThat(word(verdict)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        // resumed, named, lost, resumable, closing, exit, verdict
        "false, false, false, false, completed, 0, SESSION_RESUME_FAILED",
        "true,  false, false, true,  completed, 0, ASKS",
        "false, true,  false, true,  completed, 0, ASKS",
        "true,  false, true,  true,  missing,   1, SESSION_RESUME_FAILED",
        "true,  false, true,  true,  missing,   0, SESSION_RESUME_FAILED",
        "true,  false, true,  true,  completed, 0, ASKS",
        "true,  false, false, true,  missing,   0, OUTPUT_VALIDATION_FAILED",
        "true,  false, false, true,  missing,   1, ENGINE_EXIT_NONZERO",
        "true,  true,  false, true,  completed, 1, ENGINE_EXIT_NONZERO",
        "false, false, false, false, completed, 1, ENGINE_EXIT_NONZERO",
    })
    void a_question_that_can_not_be_answered_and_a_conversation_that_is_lost_fail_the_run(
            boolean resumed,
            boolean named,
            boolean lost,
            boolean resumable,
            String closing,
            int exit,
            String expected) {
        Verdict verdict = VerdictPolicy.decide(new TurnFacts(
                new TurnEnd(true, false, Optional.empty(), Optional.empty(), 60, Optional.of(exit)),
                SignInSign.NONE,
                closing(closing),
                false,
                FileRefusal.NONE,
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.of(dialogue(false, false, "2/-", resumed, named, lost, resumable))));

        assertThat(word(verdict)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        // keeps running, exit, closing, done, fits, verdict
        "true,   , completed, false, none, ASKS",
        "true,   , completed, false, no,   ASKS",
        "true,   , completed, false, yes,  SOFTLY",
        "true,   , completed, true,  yes,  SUCCEEDED",
        "true,   , completed, true,  no,   OUTPUT_VALIDATION_FAILED",
        "true,   , failed,    false, none, ENGINE_EXIT_NONZERO",
        "false, 0, completed, false, none, INTERACTION_PROCESS_LOST",
        "false, 0, completed, true,  yes,  SUCCEEDED",
        "false, 0, missing,   false, none, OUTPUT_VALIDATION_FAILED",
        "false, 3, completed, false, none, ENGINE_EXIT_NONZERO",
        "false,  , completed, false, none, ORCHESTRATOR_RESTART_INTERRUPTED",
    })
    void a_question_of_an_engine_that_keeps_running_can_be_answered_only_while_it_does(
            boolean kept, @Nullable Integer exit, String closing, boolean done, String fits, String expected) {
        TurnEnd ended = new TurnEnd(true, false, Optional.empty(), Optional.empty(), 60, Optional.ofNullable(exit));

        Verdict verdict = VerdictPolicy.decide(new TurnFacts(
                kept ? TurnEnd.keptRunning() : ended,
                SignInSign.NONE,
                closing(closing),
                false,
                FileRefusal.NONE,
                fits.equals("none") ? Optional.empty() : Optional.of(new Answer(Map.of("n", 1), RepairLevel.NONE)),
                fits.equals("no") ? List.of("/n: must be a text") : List.of(),
                List.of(),
                Optional.of(new TurnFacts.Dialogue(
                        done,
                        false,
                        ASKED,
                        Optional.empty(),
                        2,
                        true,
                        false,
                        false,
                        InteractiveProfile.Kind.STICKY_PROCESS,
                        kept))));

        assertThat(word(verdict)).isEqualTo(expected);
    }

    private static TurnFacts.Dialogue dialogue(
            boolean done,
            boolean asks,
            String attempts,
            boolean resumed,
            boolean named,
            boolean lost,
            boolean resumable) {
        String[] parts = attempts.split("/");
        return new TurnFacts.Dialogue(
                done,
                asks,
                ASKED,
                parts[1].equals("-") ? Optional.empty() : Optional.of(Integer.valueOf(parts[1])),
                Integer.parseInt(parts[0]),
                resumed,
                named,
                lost,
                InteractiveProfile.Kind.RESUMABLE,
                resumable);
    }

    private static Closing closing(String word) {
        return switch (word) {
            case "completed" -> new Closing.Completed();
            case "failed" -> new Closing.Failed("boom");
            case "unclear" -> new Closing.Unclear("other");
            default -> new Closing.Missing();
        };
    }

    private static String word(Verdict verdict) {
        if (verdict instanceof Verdict.Failed failed) {
            return failed.failure().code().name();
        }
        if (verdict instanceof Verdict.Succeeded succeeded) {
            return succeeded.warnings().contains(VerdictPolicy.DONE_MARKER_MISSING) ? "SOFTLY" : "SUCCEEDED";
        }
        return verdict instanceof Verdict.Asks ? "ASKS" : "CANCELED";
    }
}
