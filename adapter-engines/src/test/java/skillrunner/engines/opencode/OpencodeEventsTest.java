package skillrunner.engines.opencode;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
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

class OpencodeEventsTest extends EngineOutputContract {
    @Override
    protected EngineDriver driver() {
        return new OpencodeDriver();
    }

    @Override
    protected List<byte[]> streams() {
        return Captured.with(
                "opencode",
                "{\"type\":\"text\",\"sessionID\":\"s\",\"part\":{\"id\":\"p\",\"messageID\":\"m\",\"text\":\"grüße 😀\"}}\r\n{\"type\":\"new\"}\n",
                "{\"type\":\"step_finish\",\"part\":{\"reason\":\"length\"}}\n[]\nnull\n{}\n{\"type\":7}",
                "{\"type\":\"reasoning\",\"part\":{\"text\":\"hm\"}}\n{\"type\":\"error\",\"error\":{\"name\":\"ProviderAuthError\"}}\n");
    }

    @Test
    void a_command_that_ended_with_another_code_than_0_has_failed() {
        byte[] bytes =
                ("{\"type\":\"tool_use\",\"part\":{\"type\":\"tool\",\"tool\":\"bash\",\"callID\":\"c\",\"state\":"
                                + "{\"status\":\"completed\",\"input\":{\"command\":\"false\"},\"metadata\":{\"exit\":1}}}}\n")
                        .getBytes(StandardCharsets.UTF_8);

        assertThat(Told.of(driver(), OutputStreamKind.STDOUT, bytes))
                .contains(new EngineEvent.ToolResult(
                        Told.line(bytes, 0),
                        Optional.of("c"),
                        Optional.of("bash"),
                        Optional.of("false"),
                        EngineEvent.ToolResult.Ending.FAILED,
                        OptionalInt.of(1)));
    }

    @Test
    void a_run_with_a_tool_is_told_line_by_line() {
        byte[] bytes = Captured.stream("opencode", "tool", "stdout");
        List<EngineEvent> told = Told.of(driver(), OutputStreamKind.STDOUT, bytes);

        assertThat(told)
                .filteredOn(event -> !(event instanceof EngineEvent.SessionNamed))
                .containsExactly(
                        new EngineEvent.StepBegan(Told.line(bytes, 0)),
                        new EngineEvent.ToolResult(
                                Told.line(bytes, 1),
                                Optional.of("call_1"),
                                Optional.of("bash"),
                                Optional.of("echo hello-from-tool > out.txt && cat out.txt"),
                                EngineEvent.ToolResult.Ending.SUCCEEDED,
                                OptionalInt.of(0)),
                        usage(Told.line(bytes, 2)),
                        new EngineEvent.Closing(Told.line(bytes, 2), new TurnFacts.Closing.Missing()),
                        new EngineEvent.StepBegan(Told.line(bytes, 3)),
                        new EngineEvent.Message(
                                Told.line(bytes, 4),
                                Optional.of("{\"status\": \"ok\", \"turn\": 1, \"note\": \"stand-in\"}"),
                                EngineEvent.Message.Extent.PIECE,
                                Optional.of("msg_200d99429001hjVYnXanaOQ021"),
                                Optional.of("prt_200d994cb001q49FElko7ccyF6")),
                        usage(Told.line(bytes, 5)),
                        new EngineEvent.Closing(Told.line(bytes, 5), new TurnFacts.Closing.Completed()));
        assertThat(told)
                .filteredOn(EngineEvent.SessionNamed.class::isInstance)
                .hasSize(6)
                .allMatch(
                        event -> ((EngineEvent.SessionNamed) event).handle().equals("ses_dff266f4fffesgM2LZNb2nu7z5"));
    }

    private static EngineEvent usage(OutputRange at) {
        return new EngineEvent.Usage(at, EngineEvent.Usage.Span.STEP, 11, 0, 7, 0, OptionalDouble.of(0));
    }
}
