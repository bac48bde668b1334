package skillrunner.engines.opencode;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.application.engine.TurnOutcome;
import skillrunner.domain.run.OutputCandidates;
import skillrunner.domain.run.TurnFacts.Closing;
import skillrunner.engines.output.Feeding;
import skillrunner.testkit.random.Seeds;

import static org.assertj.core.api.Assertions.assertThat;

class OpencodeHostileOutputTest {
    private static final String INIT = "{\"type\":\"step_start\",\"sessionID\":\"s\"}";
    private static final String SAID = "{\"type\":\"text\",\"part\":{\"text\":\"";
    private static final String SUCCESS = "{\"type\":\"step_finish\",\"part\":{\"reason\":\"stop\"}}";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0000\u0000",
                "[]",
                "null",
                "{}",
                "{",
                "{\"type\":7}",
                "{\"type\":\"text\",\"sessionID\":{}}",
                "{\"type\":\"text\",\"part\":{\"text\":5}}",
                "{\"type\":\"error\"} trailing",
                "{\"part\":{\"text\":\"other\"}}",
                "\u001b[31mred\u001b[0m",
                "\ufeff",
                "\r\r\r"
            })
    void odd_lines_change_nothing(String odd) {
        TurnOutcome outcome = Feeding.outcomeOf(new OpencodeDriver(), INIT, SAID + "done\"}}", odd, SUCCESS, odd);

        assertThat(outcome.finalText()).hasValue("done");
        assertThat(outcome.closing()).isEqualTo(new Closing.Completed());
        assertThat(outcome.sessionHandle()).hasValue("s");
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

            assertThat(Feeding.outcomeOf(new OpencodeDriver(), stdout.toByteArray(), noise, chunk)
                            .closing())
                    .isEqualTo(new Closing.Completed());
        });
    }

    @Test
    void deep_nesting_is_skipped() {
        assertThat(Feeding.outcomeOf(new OpencodeDriver(), INIT, "{\"x\":" + "[".repeat(100_000), SUCCESS)
                        .closing())
                .isEqualTo(new Closing.Completed());
    }

    @Test
    void a_line_that_is_too_long_does_not_leave_older_text_as_the_answer() {
        TurnOutcome outcome = Feeding.outcomeOf(
                new OpencodeDriver(),
                INIT,
                SAID + "old\"}}",
                SAID + "x".repeat(OutputCandidates.MOST_CHARACTERS + 1) + "\"}}",
                SUCCESS);

        assertThat(outcome.finalText()).isEmpty();
        assertThat(outcome.closing()).isEqualTo(new Closing.Completed());
    }
}
