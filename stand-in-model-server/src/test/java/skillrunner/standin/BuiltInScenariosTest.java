package skillrunner.standin;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static skillrunner.standin.Requests.codex;
import static skillrunner.standin.Requests.codexCall;
import static skillrunner.standin.Requests.codexOutput;
import static skillrunner.standin.Requests.codexUser;

@Timeout(60)
class BuiltInScenariosTest {

    private final StandInModelServer server = StandInModelServer.start(0);
    private final TestClient client = new TestClient(server);

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void json_answers_with_the_number_of_the_turn() throws Exception {
        assertThat(say("json")).isEqualTo("{\"status\":\"ok\",\"turn\":1,\"note\":\"stand-in\"}");
        assertThat(say("json")).isEqualTo("{\"status\":\"ok\",\"turn\":2,\"note\":\"stand-in\"}");
    }

    @Test
    void tool_calls_the_shell_first_and_then_answers_json() throws Exception {
        JsonNode call =
                lastItem(client.codex("tool", codex("c", codexUser("hello"))).body());
        String answer = text(client.codex(
                        "tool",
                        codex("c", codexUser("hello"), codexCall("exec_command"), codexOutput("hello-from-tool\n")))
                .body());

        assertThat(TestClient.json(call.path("arguments").stringValue())
                        .path("cmd")
                        .stringValue())
                .isEqualTo("echo hello-from-tool > out.txt && cat out.txt");
        assertThat(answer).isEqualTo("{\"status\":\"ok\",\"turn\":2,\"note\":\"stand-in\"}");
    }

    @Test
    void fenced_wraps_the_json_in_a_code_fence_and_prose() throws Exception {
        assertThat(say("fenced"))
                .startsWith("Here")
                .contains("\n```json\n{\"status\":\"ok\",\"turn\":1,\"note\":\"stand-in\"}\n```\n")
                .endsWith("?");
    }

    @Test
    void bad_json_has_an_unbalanced_brace() throws Exception {
        assertThat(say("bad-json")).contains("{").doesNotContain("}");
    }

    @ParameterizedTest
    @CsvSource({"e401, 401", "e404, 404", "e429, 429", "e500, 500"})
    void error_scenarios_answer_with_their_status(String scenario, int status) throws Exception {
        assertThat(client.codex(scenario, codex("c", codexUser("hello"))).statusCode())
                .isEqualTo(status);
    }

    @Test
    void reset_closes_the_connection_without_an_answer() {
        assertThatThrownBy(() -> client.codex("reset", codex("c", codexUser("hello"))))
                .isInstanceOf(IOException.class);
        assertThat(server.requests()).isNotEmpty();
    }

    private String say(String scenario) throws IOException, InterruptedException {
        return text(client.codex(scenario, codex("c", codexUser("hello"))).body());
    }

    private static String text(String body) {
        return lastItem(body).at("/content/0/text").stringValue();
    }

    private static JsonNode lastItem(String body) {
        List<String> data =
                body.lines().filter(line -> line.startsWith("data: ")).toList();
        return TestClient.json(data.get(data.size() - 1).substring("data: ".length()))
                .at("/response/output/0");
    }
}
