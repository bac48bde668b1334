package skillrunner.engines.iflow;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import skillrunner.application.engine.EngineDriver;
import skillrunner.domain.output.EngineEvent;
import skillrunner.domain.output.OutputRange;
import skillrunner.domain.run.OutputStreamKind;
import skillrunner.domain.run.TurnFacts;
import skillrunner.engines.output.Captured;
import skillrunner.engines.output.Told;
import skillrunner.testkit.engine.EngineOutputContract;

import static org.assertj.core.api.Assertions.assertThat;

class IflowEventsTest extends EngineOutputContract {
    @Override
    protected EngineDriver driver() {
        return new IflowDriver();
    }

    @Override
    protected List<byte[]> streams() {
        return Captured.with(
                "iflow",
                "{\"a\":\n\n 1}\n<Execution Info>\n{\n  \"session-id\": \"s-1\"\n}\n</Execution Info>\n",
                "Resuming session s-1\n\n<Execution Info>{\"session-id\": \"s-2\"}</Execution Info>more 😀\n</Execution Info>",
                "text <Execution Info> torn <Execution Info>{}</Execution Info><Execution Info>\"session-id\":\"s-3\"",
                "请需要使用服务器 OAuth2 流程 <Execution <Execution Info",
                "Resuming session s-1\nResuming session s-1");
    }

    @Test
    void text_and_blocks_are_told_with_their_ranges() {
        assertThat(Told.of(
                        driver(),
                        OutputStreamKind.STDOUT,
                        "the answer\n<Execution Info>{\"session-id\": \"s\"}</Execution Info>\n<Execution Info>torn"))
                .containsExactly(
                        EngineEvent.Message.whole(at(0, 11), Optional.of("the answer")),
                        new EngineEvent.SessionNamed(at(11, 64), "s"),
                        new EngineEvent.Closing(at(11, 64), new TurnFacts.Closing.Completed()),
                        new EngineEvent.Raw(at(64, 84), "<Execution Info>torn", true, EngineEvent.Raw.Sort.RECORD));
    }

    @Test
    void text_on_stderr_is_told_as_what_may_be_a_warning_or_the_answer() {
        assertThat(Told.of(driver(), OutputStreamKind.STDERR, "Resuming session s\na warning\n"))
                .containsExactly(new EngineEvent.Aside(
                        new OutputRange(OutputStreamKind.STDERR, 0, 29),
                        "Resuming session s\na warning",
                        true,
                        Optional.of("a warning")));
    }

    /** However a line ends, and whether or not anything follows. */
    @Test
    void the_end_of_its_line_belongs_to_a_block() {
        for (String end : List.of("\n", "\r\n", "\r", " \t \n", "", "\r\r", " ", " ".repeat(64) + "\n")) {
            String block = "<Execution Info>{}</Execution Info>";
            EngineEvent closing = new EngineEvent.Closing(
                    at(0, block.length() + (end.equals("\r\r") ? 1 : end.length())), new TurnFacts.Closing.Completed());

            assertThat(Told.of(driver(), OutputStreamKind.STDOUT, block + end)).containsExactly(closing);
            if (!end.isBlank() || end.contains("\n")) {
                assertThat(Told.of(driver(), OutputStreamKind.STDOUT, block + end + "more"))
                        .startsWith(closing)
                        .hasSize(2);
            }
        }
    }

    @Test
    void words_behind_a_block_are_words_and_so_are_endless_blanks() {
        String block = "<Execution Info>{}</Execution Info>";
        EngineEvent closing = new EngineEvent.Closing(at(0, block.length()), new TurnFacts.Closing.Completed());

        assertThat(Told.of(driver(), OutputStreamKind.STDOUT, block + " \tmore\n"))
                .containsExactly(
                        closing,
                        EngineEvent.Message.whole(at(block.length(), block.length() + 7), Optional.of("more")));
        assertThat(Told.of(driver(), OutputStreamKind.STDOUT, block + " ".repeat(65) + "\n"))
                .containsExactly(closing);
    }

    private static OutputRange at(long from, long to) {
        return new OutputRange(OutputStreamKind.STDOUT, from, to);
    }
}
