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
import static skillrunner.standin.Requests.gemini;
import static skillrunner.standin.Requests.geminiContent;
import static skillrunner.standin.Requests.geminiOutput;

@Timeout(60)
class GeminiWireTest {

    private final StandInModelServer server = StandInModelServer.start(0);
    private final TestClient client = new TestClient(server);
    private final List<ModelTurn> turns = Collections.synchronizedList(new ArrayList<>());

    GeminiWireTest() {
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
    void a_text_is_streamed_in_candidates_of_which_the_last_one_stops() throws Exception {
        String text = "a text that is longer than one chunk of sixteen characters";
        server.register("say", turn -> new Answer.Text(text));

        HttpResponse<String> response = client.gemini("say", gemini(geminiContent("user", "hello")));

        assertThat(response.headers().firstValue("content-type")).hasValue("text/event-stream");
        assertThat(response.body()).doesNotContain("event:", "[DONE]");
        List<JsonNode> chunks = TestClient.data(response);
        assertThat(chunks).hasSizeGreaterThan(1);
        assertThat(String.join(
                        "",
                        chunks.stream()
                                .map(chunk -> chunk.at("/candidates/0/content/parts/0/text")
                                        .stringValue())
                                .toList()))
                .isEqualTo(text);
        assertThat(chunks.get(0).at("/candidates/0").has("finishReason")).isFalse();
        JsonNode last = chunks.get(chunks.size() - 1);
        assertThat(last.at("/candidates/0/finishReason").stringValue()).isEqualTo("STOP");
        assertThat(last.at("/usageMetadata/totalTokenCount").intValue()).isEqualTo(18);
    }

    @Test
    void a_tool_call_names_the_shell_tool_and_carries_the_command_unchanged() throws Exception {
        String command = "printf '\"%s\"\\n' x";
        server.register("call", turn -> new Answer.ToolCall(command));

        List<JsonNode> chunks = TestClient.data(client.gemini("call", gemini(geminiContent("user", "hello"))));

        assertThat(chunks).singleElement().satisfies(chunk -> {
            JsonNode call = chunk.at("/candidates/0/content/parts/0/functionCall");
            assertThat(call.path("name").stringValue()).isEqualTo("run_shell_command");
            assertThat(call.at("/args/command").stringValue()).isEqualTo(command);
            assertThat(chunk.at("/candidates/0/finishReason").stringValue()).isEqualTo("STOP");
        });
    }

    @Test
    void the_router_gets_its_two_fields_as_json_text_and_is_not_counted() throws Exception {
        HttpResponse<String> response =
                client.post("spy", "/v1beta/models/flash-lite:generateContent", gemini(geminiContent("user", "hello")));

        assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
        JsonNode candidate = TestClient.json(response.body()).at("/candidates/0");
        JsonNode choice = TestClient.json(candidate.at("/content/parts/0/text").stringValue());
        assertThat(choice.path("complexity_reasoning").isString()).isTrue();
        assertThat(choice.path("complexity_score").isInt()).isTrue();
        assertThat(candidate.path("finishReason").stringValue()).isEqualTo("STOP");
        assertThat(turns).isEmpty();
    }

    @Test
    void the_turn_is_read_off_the_history() throws Exception {
        client.gemini("spy", gemini(geminiContent("user", "context", "first")));
        client.gemini(
                "spy",
                gemini(
                        geminiContent("user", "context", "first"),
                        geminiContent("model", "answer"),
                        geminiContent("user", "second")));

        assertThat(turns).extracting(ModelTurn::number).containsExactly(1, 2);
        assertThat(turns.get(1).userTexts()).containsExactly("context\nfirst", "second");
        assertThat(turns.get(1).toolOutput()).isEmpty();
        assertThat(turns.get(1).conversation()).isEqualTo(turns.get(0).conversation());
    }

    @Test
    void the_label_in_front_of_a_tool_output_is_taken_off() throws Exception {
        client.gemini(
                "spy",
                gemini(
                        geminiContent("user", "go"),
                        geminiContent("model"),
                        geminiOutput("<untrusted_context>\nOutput: {\"a\":1}\nProcess Group PGID: 7"
                                + "\n</untrusted_context>")));

        assertThat(turns.get(0).number()).isEqualTo(2);
        assertThat(turns.get(0).userTexts()).containsExactly("go");
        assertThat(turns.get(0).toolOutput())
                .hasValueSatisfying(output -> assertThat(output.lines()).contains("{\"a\":1}"));
    }

    @Test
    void an_error_has_the_vendors_error_object() throws Exception {
        HttpResponse<String> response = client.gemini("e429", gemini(geminiContent("user", "hello")));

        assertThat(response.statusCode()).isEqualTo(429);
        JsonNode error = TestClient.json(response.body()).path("error");
        assertThat(error.path("code").intValue()).isEqualTo(429);
        assertThat(error.path("status").stringValue()).isEqualTo("RESOURCE_EXHAUSTED");
        assertThat(error.path("message").stringValue()).isEqualTo("Rate limit reached (stand-in)");
    }
}
