package skillrunner.engines.gemini;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.application.engine.TurnOutcome;
import skillrunner.domain.output.EngineEvent;
import skillrunner.domain.run.OutputCandidates;
import skillrunner.domain.run.OutputStreamKind;
import skillrunner.domain.run.TurnFacts.Closing;
import skillrunner.engines.output.Feeding;
import skillrunner.engines.output.OutputLines;
import skillrunner.engines.output.Told;
import skillrunner.testkit.random.Seeds;

import static org.assertj.core.api.Assertions.assertThat;

class GeminiHostileOutputTest {
    private static final String INIT = "{\"type\":\"init\",\"session_id\":\"s\"}";
    private static final String SAID = "{\"type\":\"message\",\"role\":\"assistant\",\"content\":\"";
    private static final String SUCCESS = "{\"type\":\"result\",\"status\":\"success\"}";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0000\u0000",
                "[]",
                "null",
                "{}",
                "{",
                "{\"type\":7}",
                "{\"type\":\"init\",\"session_id\":{}}",
                "{\"type\":\"message\",\"role\":\"assistant\",\"content\":5}",
                "{\"type\":\"result\",\"status\":\"error\"} trailing",
                "{\"response\":\"other\"}",
                "\u001b[31mred\u001b[0m",
                "\ufeff",
                "\r\r\r"
            })
    void odd_lines_change_nothing(String odd) {
        TurnOutcome outcome = Feeding.outcomeOf(new GeminiDriver(), INIT, SAID + "done\"}", odd, SUCCESS, odd);

        assertThat(outcome.finalText()).hasValue("done");
        assertThat(outcome.closing()).isEqualTo(new Closing.Completed());
        assertThat(outcome.sessionHandle()).hasValue("s");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"result\"}",
                "{\"type\":\"result\",\"status\":null,\"error\":null}",
                "{\"type\":\"result\",\"status\":\"error\",\"error\":\"text\"}"
            })
    void a_result_that_is_no_success_is_a_failure(String result) {
        assertThat(Feeding.outcomeOf(new GeminiDriver(), INIT, SAID + "done\"}", result)
                        .closing())
                .isEqualTo(new Closing.Failed(""));
    }

    @Test
    void no_bytes_make_it_throw() {
        Seeds.tryOn(300, draws -> {
            byte[] noise = draws.bytes(300);
            int chunk = draws.between(1, 64);
            ByteArrayOutputStream stdout = new ByteArrayOutputStream();
            stdout.writeBytes(noise);
            stdout.writeBytes("{\"type\":".getBytes(StandardCharsets.UTF_8));
            stdout.writeBytes(noise);
            stdout.writeBytes(("\n" + SUCCESS).getBytes(StandardCharsets.UTF_8));

            assertThat(Feeding.outcomeOf(new GeminiDriver(), stdout.toByteArray(), noise, chunk)
                            .closing())
                    .isEqualTo(new Closing.Completed());
        });
    }

    @Test
    void deep_nesting_is_skipped() {
        assertThat(Feeding.outcomeOf(new GeminiDriver(), INIT, "{\"x\":" + "[".repeat(100_000), SUCCESS)
                        .closing())
                .isEqualTo(new Closing.Completed());
        assertThat(Feeding.outcomeOf(new GeminiDriver(), "{\"response\":" + "[".repeat(100_000))
                        .closing())
                .isEqualTo(new Closing.Missing());
    }

    @Test
    void a_line_that_is_too_long_does_not_leave_older_text_as_the_answer() {
        TurnOutcome outcome = Feeding.outcomeOf(
                new GeminiDriver(),
                INIT,
                SAID + "old\"}",
                SAID + "x".repeat(OutputCandidates.MOST_CHARACTERS + 1) + "\"}",
                SUCCESS);

        assertThat(outcome.finalText()).isEmpty();
        assertThat(outcome.closing()).isEqualTo(new Closing.Completed());
    }

    @Test
    void what_comes_after_a_piece_that_is_too_long_is_no_answer_by_itself() {
        String huge = SAID + "x".repeat(OutputCandidates.MOST_CHARACTERS + 1) + "\"}";
        String result = "{\"type\":\"tool_result\",\"output\":\"" + "x".repeat(OutputLines.MAX_LINE) + "\"}";

        assertThat(Feeding.outcomeOf(new GeminiDriver(), INIT, huge, SAID + "rest\"}", SUCCESS)
                        .finalText())
                .isEmpty();
        assertThat(Feeding.outcomeOf(new GeminiDriver(), INIT, huge, result, SAID + "whole\"}", SUCCESS)
                        .finalText())
                .hasValue("whole");
    }

    @Test
    void an_answer_of_many_pieces_is_bounded() {
        int piece = OutputCandidates.MOST_CHARACTERS / 32;
        String[] lines = new String[34];
        Arrays.fill(lines, SAID + "x".repeat(piece) + "\"}");
        lines[0] = INIT;
        lines[33] = SUCCESS;
        assertThat(Feeding.outcomeOf(new GeminiDriver(), lines).finalText())
                .hasValueSatisfying(text -> assertThat(text).hasSize(OutputCandidates.MOST_CHARACTERS));

        lines[32] = SAID + "x".repeat(piece + 1) + "\"}";
        TurnOutcome outcome = Feeding.outcomeOf(new GeminiDriver(), lines);
        assertThat(outcome.finalText()).isEmpty();
        assertThat(outcome.answerTooLarge()).isTrue();
    }

    @Test
    void a_flood_of_braces_costs_little() {
        assertThat(Feeding.outcomeOf(new GeminiDriver(), "{\n".repeat(400_000)).closing())
                .isEqualTo(new Closing.Missing());
    }

    @Test
    void an_object_that_never_ends_is_told_line_by_line_at_last() {
        int lines = 20_000;
        List<EngineEvent> told = Told.of(
                new GeminiDriver(),
                OutputStreamKind.STDOUT,
                ("{\n" + (" " + "x".repeat(999) + "\n").repeat(lines) + INIT).getBytes(StandardCharsets.UTF_8));

        assertThat(told).hasSize(lines + 2);
        assertThat(told.subList(0, lines + 1)).allMatch(EngineEvent.Raw.class::isInstance);
        assertThat(told.get(lines + 1)).isInstanceOf(EngineEvent.SessionNamed.class);
    }

    @Test
    void braces_within_braces_are_told_line_by_line_as_well() {
        assertThat(Told.of(
                        new GeminiDriver(),
                        OutputStreamKind.STDERR,
                        ("{\"a\":\n" + "[".repeat(50_000) + "\n" + "]".repeat(50_000) + "}\n")
                                .getBytes(StandardCharsets.UTF_8)))
                .hasSize(3)
                .allMatch(EngineEvent.Raw.class::isInstance);
    }
}
