package skillrunner.engines.codex;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.application.engine.TurnOutcome;
import skillrunner.domain.run.OutputCandidates;
import skillrunner.domain.run.TurnFacts.Closing;
import skillrunner.engines.output.Feeding;
import skillrunner.engines.output.OutputLines;
import skillrunner.testkit.random.Seeds;

import static org.assertj.core.api.Assertions.assertThat;

class CodexHostileOutputTest {
    private static final String OPENING =
            "{\"type\":\"item.completed\",\"item\":{\"type\":\"agent_message\",\"text\":\"";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0000\u0000",
                "{\u0000\"type\":\"turn.failed\"}",
                "[]",
                "null",
                "{}",
                "{",
                "{\"type\":7}",
                "{\"type\":null}",
                "{\"type\":\"item.completed\",\"item\":[]}",
                "{\"type\":\"item.completed\",\"item\":\"agent_message\"}",
                "{\"type\":\"item.completed\",\"item\":{\"type\":\"agent_message\",\"text\":null}}",
                "{\"type\":\"turn.failed\"} trailing",
                "{\"type\":\"thread.started\",\"thread_id\":{}}",
                "{\"type\":\"unheard.of\",\"thread_id\":\"x\"}",
                "\u001b[31mred\u001b[0m",
                "\ufeff",
                "\r\r\r"
            })
    void odd_lines_change_nothing(String odd) {
        TurnOutcome outcome =
                Feeding.outcomeOf(new CodexDriver(), OPENING + "done\"}}", odd, "{\"type\":\"turn.completed\"}", odd);

        assertThat(outcome.finalText()).hasValue("done");
        assertThat(outcome.closing()).isEqualTo(new Closing.Completed());
        assertThat(outcome.sessionHandle()).isEmpty();
        assertThat(outcome.signIn().isThere()).isFalse();
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
            stdout.writeBytes("\n{\"type\":\"turn.completed\"}".getBytes(StandardCharsets.UTF_8));

            assertThat(Feeding.outcomeOf(new CodexDriver(), stdout.toByteArray(), noise, chunk)
                            .closing())
                    .isEqualTo(new Closing.Completed());
        });
    }

    @Test
    void broken_characters_in_a_message_are_replaced() {
        byte[] stdout = (OPENING + "a?b\"}}").getBytes(StandardCharsets.UTF_8);
        stdout[OPENING.length() + 1] = (byte) 0xc3;

        assertThat(Feeding.outcomeOf(new CodexDriver(), stdout, new byte[0], 5).finalText())
                .hasValue("a\ufffdb");
    }

    @Test
    void deep_nesting_is_skipped() {
        TurnOutcome outcome =
                Feeding.outcomeOf(new CodexDriver(), "{\"x\":" + "[".repeat(100_000), "{\"type\":\"turn.completed\"}");

        assertThat(outcome.closing()).isEqualTo(new Closing.Completed());
    }

    @Test
    void a_line_that_is_too_long_is_skipped_and_the_next_one_is_read() {
        TurnOutcome outcome = Feeding.outcomeOf(
                new CodexDriver(),
                OPENING + "old\"}}",
                "{\"type\":\"item.completed\",\"item\":{\"type\":\"command_execution\",\"aggregated_output\":\""
                        + "x".repeat(3 * OutputLines.MAX_LINE) + "\"}}",
                "{\"type\":\"turn.completed\"}");

        assertThat(outcome.finalText()).hasValue("old");
        assertThat(outcome.closing()).isEqualTo(new Closing.Completed());
    }

    @Test
    void a_message_that_is_too_long_does_not_leave_an_older_one_as_the_answer() {
        TurnOutcome outcome = Feeding.outcomeOf(
                new CodexDriver(),
                OPENING + "old\"}}",
                OPENING + "x".repeat(OutputCandidates.MOST_CHARACTERS + 1) + "\"}}",
                "{\"type\":\"turn.completed\"}");

        assertThat(outcome.finalText()).isEmpty();
        assertThat(outcome.answerTooLarge()).isTrue();
        assertThat(outcome.closing()).isEqualTo(new Closing.Completed());
    }

    @Test
    void a_line_longer_than_any_answer_says_that_the_answer_is_too_large() {
        TurnOutcome outcome = Feeding.outcomeOf(
                new CodexDriver(),
                OPENING + "old\"}}",
                OPENING + "x".repeat(OutputLines.MAX_ANSWER_LINE) + "\"}}",
                "{\"type\":\"turn.completed\"}");

        assertThat(outcome.finalText()).isEmpty();
        assertThat(outcome.answerTooLarge()).isTrue();
    }

    @Test
    void an_answer_as_long_as_it_may_be_is_read_however_it_is_escaped() {
        String text = "\n".repeat(OutputCandidates.MOST_CHARACTERS);

        TurnOutcome outcome =
                Feeding.outcomeOf(new CodexDriver(), OPENING + "\\n".repeat(OutputCandidates.MOST_CHARACTERS) + "\"}}");
        assertThat(outcome.finalText().orElseThrow().equals(text)).isTrue();
        assertThat(outcome.answerTooLarge()).isFalse();
    }

    @Test
    void the_words_of_a_failure_are_cut() {
        TurnOutcome outcome = Feeding.outcomeOf(
                new CodexDriver(),
                "{\"type\":\"turn.failed\",\"error\":{\"message\":\"" + "x".repeat(100_000) + "\"}}");

        assertThat(outcome.closing())
                .isInstanceOfSatisfying(Closing.Failed.class, failed -> assertThat(failed.message())
                        .hasSize(4096));
    }
}
