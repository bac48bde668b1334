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
import static skillrunner.standin.Requests.chat;
import static skillrunner.standin.Requests.chatMessage;

@Timeout(60)
class OpenAiChatWireTest {

    private final StandInModelServer server = StandInModelServer.start(0);
    private final TestClient client = new TestClient(server);
    private final List<ModelTurn> turns = Collections.synchronizedList(new ArrayList<>());

    OpenAiChatWireTest() {
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
    void a_text_is_streamed_in_deltas_and_closed_by_usage_and_the_done_mark() throws Exception {
        String text = "a text that is longer than one chunk of sixteen characters";
        server.register("say", turn -> new Answer.Text(text));

        HttpResponse<String> response = client.chat("say", chat(chatMessage("user", "hello")));

        assertThat(response.headers().firstValue("content-type")).hasValue("text/event-stream");
        assertThat(response.body()).endsWith("data: [DONE]\n\n");
        List<JsonNode> chunks = TestClient.data(response);
        assertThat(chunks).allSatisfy(chunk -> assertThat(chunk.path("object").stringValue())
                .isEqualTo("chat.completion.chunk"));
        assertThat(chunks.get(0).at("/choices/0/delta/role").stringValue()).isEqualTo("assistant");
        assertThat(String.join(
                        "",
                        chunks.stream()
                                .map(chunk ->
                                        chunk.at("/choices/0/delta/content").stringValue(""))
                                .toList()))
                .isEqualTo(text);
        JsonNode finish = chunks.get(chunks.size() - 2);
        assertThat(finish.at("/choices/0/finish_reason").stringValue()).isEqualTo("stop");
        JsonNode usage = chunks.get(chunks.size() - 1);
        assertThat(usage.path("choices").isEmpty()).isTrue();
        assertThat(usage.at("/usage/total_tokens").intValue()).isEqualTo(18);
    }

    @Test
    void a_tool_call_names_bash_and_carries_the_command_unchanged() throws Exception {
        String command = "printf '\"%s\"\\n' x";
        server.register("call", turn -> new Answer.ToolCall(command));

        List<JsonNode> chunks = TestClient.data(client.chat("call", chat(chatMessage("user", "hello"))));

        JsonNode call = chunks.get(0).at("/choices/0/delta/tool_calls/0");
        assertThat(call.path("index").intValue()).isZero();
        assertThat(call.path("id").stringValue()).isNotEmpty();
        assertThat(call.path("type").stringValue()).isEqualTo("function");
        assertThat(call.at("/function/name").stringValue()).isEqualTo("bash");
        JsonNode arguments = TestClient.json(call.at("/function/arguments").stringValue());
        assertThat(arguments.path("command").stringValue()).isEqualTo(command);
        assertThat(arguments.path("description").stringValue()).isNotEmpty();
        assertThat(chunks.get(1).at("/choices/0/finish_reason").stringValue()).isEqualTo("tool_calls");
    }

    @Test
    void a_request_without_tools_gets_a_title_and_is_not_counted() throws Exception {
        HttpResponse<String> title =
                client.chat("spy", "{\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}],\"stream\":true}");
        client.chat("spy", chat(chatMessage("user", "hello")));

        assertThat(title.body()).contains("Stand-in session");
        assertThat(turns).singleElement().satisfies(turn -> assertThat(turn.number())
                .isEqualTo(1));
    }

    @Test
    void a_conversation_is_known_by_its_session_header() throws Exception {
        String body = chat(chatMessage("user", "hello"));
        for (String session : List.of("ses_a", "ses_b", "ses_a")) {
            client.send(client.request("spy", "/v1/chat/completions", body)
                    .header("X-Session-Affinity", session)
                    .build());
        }

        assertThat(turns).extracting(ModelTurn::conversation).containsExactly("ses_a", "ses_b", "ses_a");
        assertThat(turns).extracting(ModelTurn::number).containsExactly(1, 1, 2);
    }

    @Test
    void the_tool_output_counts_only_as_the_last_message() throws Exception {
        client.chat("spy", chat(chatMessage("user", "go"), chatMessage("tool", "out")));
        client.chat("spy", chat(chatMessage("user", "go"), chatMessage("tool", "out"), chatMessage("user", "next")));

        assertThat(turns.get(0).toolOutput()).hasValue("out");
        assertThat(turns.get(1).toolOutput()).isEmpty();
        assertThat(turns.get(1).userTexts()).containsExactly("go", "next");
    }

    @Test
    void the_quotes_that_opencode_puts_around_a_prompt_are_taken_off() throws Exception {
        client.chat("spy", chat(chatMessage("user", "\"say \\\"hi\\\" and \\n\"")));

        assertThat(turns.get(0).lastUserText()).isEqualTo("say \"hi\" and \\n");
    }

    @Test
    void an_error_has_the_vendors_error_object() throws Exception {
        HttpResponse<String> response = client.chat("e404", chat(chatMessage("user", "hello")));

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(TestClient.json(response.body()).at("/error/code").stringValue())
                .isEqualTo("model_not_found");
    }
}
