package skillrunner.engines.codex;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import skillrunner.application.engine.EngineDriver;
import skillrunner.domain.output.EngineEvent;
import skillrunner.domain.output.OutputRange;
import skillrunner.domain.run.OutputStreamKind;
import skillrunner.domain.run.TurnFacts;
import skillrunner.engines.output.Captured;
import skillrunner.engines.output.Told;
import skillrunner.testkit.engine.EngineOutputContract;

import static org.assertj.core.api.Assertions.assertThat;

class CodexEventsTest extends EngineOutputContract {
    @Override
    protected EngineDriver driver() {
        return new CodexDriver();
    }

    @Override
    protected List<byte[]> streams() {
        return Captured.with(
                "codex",
                "{\"type\":\"item.completed\",\"item\":{\"id\":\"1\",\"type\":\"agent_message\",\"text\":\"grüße 😀 \\ud83d\\ude00\"}}\r\n",
                "{\"type\":\"item.updated\",\"item\":{}}\n{\"type\":\"turn.failed\",\"error\":{\"message\":\"401 Unauthorized\"}}",
                "Please visit this URL:\rhttps://example.invalid\n\u0000\n{\"type\":\"turn.completed\"} trailing\n",
                "{\"type\":\"item.completed\",\"item\":{\"id\":\"2\",\"type\":\"command_execution\",\"command\":\"ls\","
                        + "\"aggregated_output\":\"\\\",\\\"exit_code\\\":7\\\\\",\"exit_code\":-1,\"status\":\"failed\"}}\n",
                "{\"type\":\"item.completed\",\"item\":{\"id\":\"3\",\"type\":\"todo_list\",\"items\":["
                        + "{\"text\":\"a\",\"completed\":true},[1,{}],null,{\"text\":{\"b\":[]},\"completed\":1}]}}\n");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "'changes':[{'path':'a.md','kind':'add'},7,{'path':'b','kind':{}},{}]|add a.md;b",
                "'changes':[]|``",
                "'changes':{'path':'no list'}|``",
            })
    void changed_files_are_told_by_their_names(String changes, String summary) {
        String line = "{'type':'item.started','item':{'id':'i','type':'file_change'," + changes + "}}";

        assertThat(toldOfLine(line))
                .containsExactly(new EngineEvent.ToolCall(
                        lineAt(line), Optional.of("i"), "file_change", summary.replace(';', '\n')));
    }

    @ParameterizedTest
    @CsvSource({"item.started, true", "item.updated, true", "item.completed, false"})
    void a_plan_is_a_thought_whenever_it_changes(String type, boolean told) {
        String steps = "'items':[{'text':'read','completed':true},7,{'text':'write','completed':false}]";
        for (String item : List.of("'type':'todo_list'," + steps, steps + ",'type':'todo_list'")) {
            String line = "{'type':'" + type + "','item':{" + item + "}}";

            assertThat(toldOfLine(line).contains(new EngineEvent.Thought(lineAt(line), "☑ read\n☐ write")))
                    .isEqualTo(told);
        }
    }

    @Test
    void a_plan_of_many_steps_is_cut_and_one_of_none_is_no_thought() {
        String begin = "{'type':'item.updated','item':{'type':'todo_list','items':[";
        String many = begin + String.join(",", Collections.nCopies(9_000, "{'text':'step'}")) + "]}}";

        assertThat(toldOfLine(many))
                .singleElement()
                .isEqualTo(new EngineEvent.Thought(lineAt(many), "☐ step\n".repeat(9_000)));
        assertThat(toldOfLine(begin + "]}}")).hasOnlyElementsOfType(EngineEvent.Raw.class);
    }

    private List<EngineEvent> toldOfLine(String line) {
        return Told.of(driver(), OutputStreamKind.STDOUT, line.replace('\'', '"'));
    }

    private static OutputRange lineAt(String line) {
        return new OutputRange(OutputStreamKind.STDOUT, 0, line.length());
    }

    @Test
    void a_run_with_a_tool_is_told_line_by_line() {
        byte[] bytes = Captured.stream("codex", "tool", "stdout");
        String command = "/bin/bash -lc 'echo hello-from-tool > out.txt && cat out.txt'";

        assertThat(Told.of(driver(), OutputStreamKind.STDOUT, bytes))
                .containsExactly(
                        new EngineEvent.SessionNamed(Told.line(bytes, 0), "01a200d9-7c4e-7052-923f-0f99f55cbb88"),
                        new EngineEvent.Notice(
                                Told.line(bytes, 1),
                                "Model metadata for `stub-model` not found. Defaulting to fallback metadata; this can"
                                        + " degrade performance and cause issues."),
                        new EngineEvent.TurnBegan(Told.line(bytes, 2)),
                        new EngineEvent.ToolCall(
                                Told.line(bytes, 3), Optional.of("item_1"), "command_execution", command),
                        new EngineEvent.ToolResult(
                                Told.line(bytes, 4),
                                Optional.of("item_1"),
                                Optional.of("command_execution"),
                                Optional.of(command),
                                EngineEvent.ToolResult.Ending.SUCCEEDED,
                                OptionalInt.of(0)),
                        EngineEvent.Message.whole(
                                Told.line(bytes, 5),
                                Optional.of("{\"status\": \"ok\", \"turn\": 2, \"note\": \"stand-in\"}")),
                        new EngineEvent.Usage(
                                Told.line(bytes, 6),
                                EngineEvent.Usage.Span.SESSION,
                                22,
                                0,
                                14,
                                0,
                                OptionalDouble.empty()),
                        new EngineEvent.Closing(Told.line(bytes, 6), new TurnFacts.Closing.Completed()));
    }

    @ParameterizedTest
    @CsvSource({
        "'\",\"exit_code\":0,\"status\":\"failed\"}}', FAILED, 0",
        "'\",\"exit_code\":-1,\"status\":\"declined\"}}', FAILED, -1",
        "'\",\"exit_code\":null,\"status\":\"in_progress\"}}', UNKNOWN, ",
        "'\",\"status\":\"completed\",\"exit_code\":3}}', FAILED, 3",
        "'\",\"exit_code\":3,\"new\":{},\"status\":\"completed\"},\"more\":1} ', FAILED, 3",
        "'\\\",\\\"exit_code\\\":0,\\\"status\\\":\\\"completed\\\"}}\",\"exit_code\":9,\"status\":\"failed\"}}', FAILED, 9",
        "'\\\\\",\"exit_code\":123456789012,\"status\":\"failed\"}}', FAILED, ",
        "'\"}}', UNKNOWN, "
    })
    void how_a_command_ended_is_found_behind_whatever_it_printed(
            String rest, EngineEvent.ToolResult.Ending ending, Integer exitCode) {
        List<EngineEvent> told = Told.of(
                driver(),
                OutputStreamKind.STDOUT,
                "{\"type\":\"item.completed\",\"item\":{\"id\":\"i\",\"type\":\"command_execution\",\"command\":\"c\","
                        + "\"aggregated_output\":\"x" + rest);

        assertThat(told).singleElement().isInstanceOfSatisfying(EngineEvent.ToolResult.class, result -> {
            assertThat(result.ending()).isEqualTo(ending);
            assertThat(result.exitCode()).isEqualTo(exitCode == null ? OptionalInt.empty() : OptionalInt.of(exitCode));
        });
    }

    @Test
    void a_torn_record_is_no_text_that_may_ask_for_a_sign_in() {
        List<EngineEvent> told = Told.of(
                driver(),
                OutputStreamKind.STDOUT,
                "{\"type\":\"item.completed\",\"item\":{\"type\":\"command_execution\",\"command\":\"c\","
                        + "\"aggregated_output\":\"401 Unauthorized");

        assertThat(told).singleElement().isInstanceOfSatisfying(EngineEvent.Raw.class, raw -> assertThat(raw.sort())
                .isEqualTo(EngineEvent.Raw.Sort.RECORD));
    }

    @Test
    void numbers_that_nobody_can_count_to_do_not_keep_a_turn_from_being_complete() {
        List<EngineEvent> told = Told.of(
                driver(),
                OutputStreamKind.STDOUT,
                "{\"type\":\"turn.completed\",\"usage\":{\"input_tokens\":" + "9".repeat(40)
                        + ",\"output_tokens\":-3,\"cached_input_tokens\":\"x\",\"reasoning_output_tokens\":1.5}}");

        OutputRange at = told.get(0).at();
        assertThat(told)
                .containsExactly(
                        new EngineEvent.Usage(at, EngineEvent.Usage.Span.SESSION, 0, 0, 0, 0, OptionalDouble.empty()),
                        new EngineEvent.Closing(at, new TurnFacts.Closing.Completed()));
    }
}
