package skillrunner.standin;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static skillrunner.standin.Requests.codex;
import static skillrunner.standin.Requests.codexCall;
import static skillrunner.standin.Requests.codexMessage;
import static skillrunner.standin.Requests.codexOutput;
import static skillrunner.standin.Requests.codexUser;

@Timeout(60)
class OpenAiResponsesWireTest {

    private final StandInModelServer server = StandInModelServer.start(0);
    private final TestClient client = new TestClient(server);
    private final List<ModelTurn> turns = Collections.synchronizedList(new ArrayList<>());

    OpenAiResponsesWireTest() {
        server.register("spy", turn -> {
            turns.add(turn);
            return new Answer.Text("seen");
        });
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void a_text_is_streamed_in_deltas_between_created_and_completed() throws Exception {
        String text = "a text with umlauts äöü and a face \uD83D\uDE00 that is longer than one chunk";
        server.register("say", turn -> new Answer.Text(text));

        HttpResponse<String> response = client.codex("say", codex("c", codexUser("hello")));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type")).hasValue("text/event-stream");
        List<JsonNode> events = TestClient.data(response);
        assertThat(events)
                .extracting(event -> event.path("type").stringValue())
                .startsWith("response.created", "response.output_item.added", "response.output_text.delta")
                .endsWith("response.output_text.delta", "response.output_item.done", "response.completed");
        assertThat(response.body().lines().filter(line -> line.startsWith("event: ")))
                .containsExactlyElementsOf(events.stream()
                        .map(event -> "event: " + event.path("type").stringValue())
                        .toList());
        assertThat(String.join(
                        "",
                        events.stream()
                                .map(event -> event.path("delta").stringValue(""))
                                .toList()))
                .isEqualTo(text);
        JsonNode item = events.get(events.size() - 2).path("item");
        assertThat(item.path("type").stringValue()).isEqualTo("message");
        assertThat(item.at("/content/0/type").stringValue()).isEqualTo("output_text");
        assertThat(item.at("/content/0/text").stringValue()).isEqualTo(text);
        JsonNode completed = events.get(events.size() - 1).path("response");
        assertThat(completed.path("id"))
                .isEqualTo(events.get(0).path("response").path("id"));
        assertThat(completed.at("/usage/total_tokens").intValue()).isEqualTo(18);
        assertThat(completed.at("/usage/input_tokens_details/cached_tokens").isInt())
                .isTrue();
        assertThat(completed.at("/usage/output_tokens_details/reasoning_tokens").isInt())
                .isTrue();
    }

    @Test
    void a_tool_call_names_the_shell_tool_and_carries_the_command_unchanged() throws Exception {
        String command = "printf '\"%s\"\\n' \"a\tb\" && echo 'ü'";
        server.register("call", turn -> new Answer.ToolCall(command));

        List<JsonNode> events = TestClient.data(client.codex("call", codex("c", codexUser("hello"))));

        assertThat(events)
                .extracting(event -> event.path("type").stringValue())
                .containsExactly("response.created", "response.output_item.done", "response.completed");
        JsonNode item = events.get(1).path("item");
        assertThat(item.path("type").stringValue()).isEqualTo("function_call");
        assertThat(item.path("name").stringValue()).isEqualTo("exec_command");
        assertThat(item.path("call_id").stringValue()).isNotEmpty();
        JsonNode arguments = TestClient.json(item.path("arguments").stringValue());
        assertThat(arguments.path("cmd").stringValue()).isEqualTo(command);
    }

    @Test
    void every_tool_call_has_an_id_of_its_own() throws Exception {
        String first = client.codex("tool", codex("c", codexUser("hello"))).body();
        String second = client.codex("tool", codex("c", codexUser("hello"))).body();

        assertThat(callId(first)).isNotEqualTo(callId(second));
    }

    @Test
    void user_messages_and_the_newest_tool_output_reach_the_scenario() throws Exception {
        client.codex(
                "spy",
                codex(
                        "thread-7",
                        codexUser("first"),
                        codexCall("exec_command"),
                        codexOutput("old"),
                        codexMessage("assistant", "done"),
                        codexUser("second"),
                        codexCall("exec_command"),
                        codexOutput("new")));

        assertThat(turns).singleElement().satisfies(turn -> {
            assertThat(turn.conversation()).isEqualTo("thread-7");
            assertThat(turn.number()).isEqualTo(1);
            assertThat(turn.userTexts()).containsExactly("<environment_context>", "first", "second");
            assertThat(turn.lastUserText()).isEqualTo("second");
            assertThat(turn.toolOutput())
                    .hasValueSatisfying(
                            output -> assertThat(output).contains("new").doesNotContain("old"));
        });
    }

    @Test
    void a_tool_output_before_the_newest_prompt_is_history() throws Exception {
        client.codex("spy", codex("c", codexUser("a"), codexCall("exec_command"), codexOutput("old"), codexUser("b")));

        assertThat(turns).singleElement().satisfies(turn -> assertThat(turn.toolOutput())
                .isEmpty());
    }

    @Test
    void a_command_that_still_runs_is_waited_for_without_asking_the_scenario() throws Exception {
        List<JsonNode> events = TestClient.data(client.codex(
                "spy",
                codex(
                        "c",
                        codexUser("go"),
                        codexCall("exec_command"),
                        codexOutput("Wall time: 30 seconds\nProcess running with session ID 4711\nOutput:\n"))));

        JsonNode item = events.get(1).path("item");
        assertThat(item.path("name").stringValue()).isEqualTo("write_stdin");
        JsonNode arguments = TestClient.json(item.path("arguments").stringValue());
        assertThat(arguments.path("session_id").intValue()).isEqualTo(4711);
        assertThat(turns).isEmpty();
    }

    @Test
    void the_output_of_a_slow_command_is_put_together() throws Exception {
        client.codex(
                "spy",
                codex(
                        "c",
                        codexUser("go"),
                        codexCall("exec_command"),
                        codexOutput("Process running with session ID 1\nOutput:\nearly"),
                        codexCall("write_stdin"),
                        codexOutput("Process exited with code 0\nOutput:\nlate")));

        assertThat(turns).singleElement().satisfies(turn -> assertThat(turn.toolOutput())
                .hasValueSatisfying(output -> assertThat(output).contains("early", "late")));
    }

    @Test
    void an_error_has_the_vendors_error_object() throws Exception {
        HttpResponse<String> response = client.codex("e401", codex("c", codexUser("hello")));

        assertThat(response.statusCode()).isEqualTo(401);
        JsonNode error = TestClient.json(response.body()).path("error");
        assertThat(error.path("message").stringValue()).isEqualTo("Incorrect API key provided (stand-in)");
        assertThat(error.path("code").stringValue()).isEqualTo("invalid_api_key");
    }

    @Test
    void fields_of_unexpected_kinds_are_ignored() throws Exception {
        HttpResponse<String> response = client.codex(
                "spy",
                "{\"input\":[7,null,{\"type\":3},{\"type\":\"reasoning\"},{\"role\":\"user\"}],\"tools\":\"x\"}");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(turns).singleElement().satisfies(turn -> assertThat(turn.toolOutput())
                .isEmpty());
    }

    private static String callId(String body) {
        return body.replaceAll("(?s).*\"call_id\":\"([^\"]+)\".*", "$1");
    }
}
