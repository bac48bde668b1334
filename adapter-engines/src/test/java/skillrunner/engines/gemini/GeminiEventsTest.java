package skillrunner.engines.gemini;

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

class GeminiEventsTest extends EngineOutputContract {
    @Override
    protected EngineDriver driver() {
        return new GeminiDriver();
    }

    @Override
    protected List<byte[]> streams() {
        return Captured.with(
                "gemini",
                "noise {\n{\"session_id\":\"one\",\"response\":\"first\"}\n{\n \"session_id\": \"two\",\n \"response\": {\"a\": \"}\\\"{\"}\n}\n",
                "{\n \"a\": 1,\n{\n \"error\": {\"type\": \"x\", \"message\": \"API key not valid\"}\n} \t\nlater\n",
                "{\n  code: 404\n}\n{ \"open\n{\"type\":\"init\",\"session_id\":\"s\"}\n{\n\n\r\n[1]\n");
    }

    @Test
    void a_run_with_a_tool_is_told_line_by_line() {
        byte[] bytes = Captured.stream("gemini", "tool", "stdout");
        Optional<String> call = Optional.of("run_shell_command__run_shell_command_1795310585329_0");

        assertThat(Told.of(driver(), OutputStreamKind.STDOUT, bytes))
                .containsExactly(
                        new EngineEvent.SessionNamed(Told.line(bytes, 0), "15388743-973a-4a3c-83cf-33544e1c921e"),
                        new EngineEvent.TurnBegan(Told.line(bytes, 1)),
                        new EngineEvent.ToolCall(
                                Told.line(bytes, 2),
                                call,
                                "run_shell_command",
                                "echo hello-from-tool > out.txt && cat out.txt"),
                        new EngineEvent.ToolResult(
                                Told.line(bytes, 3),
                                call,
                                Optional.empty(),
                                Optional.empty(),
                                EngineEvent.ToolResult.Ending.SUCCEEDED,
                                OptionalInt.empty()),
                        GeminiRecord.piece(Told.line(bytes, 4), Optional.of("{\"status\": \"ok\",")),
                        GeminiRecord.piece(Told.line(bytes, 5), Optional.of(" \"turn\": 1, \"note\": \"stand-in\"}")),
                        new EngineEvent.Usage(
                                Told.line(bytes, 6), EngineEvent.Usage.Span.TURN, 33, 0, 21, 0, OptionalDouble.empty()),
                        new EngineEvent.ModelUsed(Told.line(bytes, 6), "stub"),
                        new EngineEvent.Closing(Told.line(bytes, 6), new TurnFacts.Closing.Completed()));
    }

    @Test
    void a_document_of_many_lines_is_told_as_one_range() {
        byte[] bytes = Captured.stream("gemini", "json2", "stdout");

        assertThat(Told.of(driver(), OutputStreamKind.STDOUT, bytes))
                .hasSize(5)
                .allMatch(event -> event.at().equals(new OutputRange(OutputStreamKind.STDOUT, 0, bytes.length)))
                .contains(new EngineEvent.Usage(
                        new OutputRange(OutputStreamKind.STDOUT, 0, bytes.length),
                        EngineEvent.Usage.Span.TURN,
                        22,
                        0,
                        14,
                        0,
                        OptionalDouble.empty()))
                .contains(new EngineEvent.ModelUsed(new OutputRange(OutputStreamKind.STDOUT, 0, bytes.length), "stub"));
    }

    @Test
    void what_is_no_name_of_a_model_is_left_out_and_what_was_asked_for_is_not_what_worked() {
        assertThat(Told.of(
                        driver(),
                        OutputStreamKind.STDOUT,
                        "{\"type\":\"init\",\"session_id\":\"s\",\"model\":\"auto\"}",
                        "{\"type\":\"result\",\"status\":\"success\",\"stats\":{\"models\":{\"\":{},\"a\\nb\":{},\""
                                + "x".repeat(EngineEvent.ModelUsed.LONGEST_NAME + 1)
                                + "\":{},\"flash\":{},\"pro\":1}}}",
                        "{\"type\":\"result\",\"status\":\"success\",\"stats\":{\"models\":[\"pro\"]}}"))
                .filteredOn(EngineEvent.ModelUsed.class::isInstance)
                .extracting(event -> ((EngineEvent.ModelUsed) event).model())
                .containsExactly("flash", "pro");
    }

    @Test
    void an_error_on_stderr_is_told_between_lines_of_noise() {
        List<EngineEvent> told =
                Told.of(driver(), OutputStreamKind.STDERR, Captured.stream("gemini", "e401", "stderr"));

        assertThat(told.get(0)).isInstanceOf(EngineEvent.Raw.class);
        assertThat(told.subList(told.size() - 3, told.size()))
                .hasExactlyElementsOfTypes(
                        EngineEvent.SessionNamed.class, EngineEvent.SignInAsked.class, EngineEvent.Closing.class);
    }

    @Test
    void an_object_of_somebody_elses_is_no_document() {
        assertThat(Told.of(
                        driver(),
                        OutputStreamKind.STDERR,
                        "{\"error\": {\"message\": \"of a tool\"}}",
                        "{",
                        " \"response\": \"on the wrong stream\"",
                        "}"))
                .hasSize(4)
                .allMatch(EngineEvent.Raw.class::isInstance);
    }

    @Test
    void an_answer_on_stderr_is_a_bare_one_whatever_stands_beside_it() {
        assertThat(Told.of(
                        driver(),
                        OutputStreamKind.STDERR,
                        "{\"session_id\": \"s\", \"response\": \"a\", \"stats\": {}}"))
                .hasExactlyElementsOfTypes(EngineEvent.SessionNamed.class, EngineEvent.BareAnswer.class);
    }
}
