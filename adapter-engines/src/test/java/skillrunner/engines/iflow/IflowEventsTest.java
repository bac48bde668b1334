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
                        new EngineEvent.SessionNamed(at(11, 63), "s"),
                        new EngineEvent.Closing(at(11, 63), new TurnFacts.Closing.Completed()),
                        new EngineEvent.Raw(at(64, 84), "<Execution Info>torn", true, EngineEvent.Raw.Sort.RECORD));
    }

    private static OutputRange at(long from, long to) {
        return new OutputRange(OutputStreamKind.STDOUT, from, to);
    }
}
