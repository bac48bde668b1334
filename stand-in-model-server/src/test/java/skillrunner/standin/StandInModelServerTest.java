package skillrunner.standin;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static skillrunner.standin.Requests.chat;
import static skillrunner.standin.Requests.chatMessage;
import static skillrunner.standin.Requests.codex;
import static skillrunner.standin.Requests.codexUser;
import static skillrunner.standin.Requests.gemini;
import static skillrunner.standin.Requests.geminiContent;

@Timeout(60)
class StandInModelServerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final StandInModelServer server = StandInModelServer.start(0);
    private final TestClient client = new TestClient(server);

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void the_base_url_names_loopback_port_and_scenario() {
        assertThat(server.baseUrl("json")).isEqualTo("http://127.0.0.1:" + server.port() + "/s/json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/b", "..", "a b", "ä"})
    void a_name_that_does_not_fit_into_a_path_is_refused(String name) {
        assertThatThrownBy(() -> server.register(name, turn -> new Answer.Text("x")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> server.baseUrl(name)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_taken_port_is_reported() {
        assertThatThrownBy(() -> StandInModelServer.start(server.port())).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void a_registered_scenario_replaces_the_one_of_the_same_name() throws Exception {
        server.register("mine", turn -> new Answer.Text("first"));
        server.register("mine", turn -> new Answer.Text("second"));

        assertThat(client.codex("mine", codex("c", codexUser("hello"))).body())
                .contains("second")
                .doesNotContain("first");
    }

    @Test
    void a_scenario_that_throws_becomes_an_error_of_the_server() throws Exception {
        server.register("broken", turn -> {
            throw new IllegalStateException("no idea");
        });

        HttpResponse<String> response = client.codex("broken", codex("c", codexUser("hello")));

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body()).contains("no idea");
    }

    @Test
    void an_unknown_scenario_is_not_found() throws Exception {
        HttpResponse<String> response = client.codex("nowhere", codex("c", codexUser("hello")));

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(TestClient.json(response.body()).at("/error/message").stringValue())
                .contains("nowhere");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/models", "/responses", "/v1/responses/x", "/v1beta/models/m:countTokens", "/"})
    void an_unknown_path_is_not_found(String path) throws Exception {
        assertThat(client.post("json", path, "{}").statusCode()).isEqualTo(404);
    }

    @Test
    void a_path_without_a_scenario_is_not_found() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/v1/responses"))
                .POST(BodyPublishers.ofString("{}"))
                .build();

        assertThat(client.send(request).statusCode()).isEqualTo(404);
    }

    @Test
    void only_post_is_served() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.baseUrl("json") + "/v1/responses"))
                .build();

        assertThat(client.send(request).statusCode()).isEqualTo(405);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "null", "{} x", "{\"input\":"})
    void a_body_that_is_no_json_object_is_a_bad_request(String body) throws Exception {
        HttpResponse<String> response = client.codex("json", body);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(TestClient.json(response.body()).at("/error/message").isString())
                .isTrue();
    }

    @Test
    void a_body_above_the_limit_is_refused() throws Exception {
        byte[] body = new byte[ModelEndpoint.MOST_BODY_BYTES + 1];
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.baseUrl("json") + "/v1/responses"))
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))
                .build();

        assertThat(client.send(request).statusCode()).isEqualTo(413);
    }

    @Test
    void requests_are_recorded_with_path_headers_body_and_scenario() throws Exception {
        String body = codex("c", codexUser("hello"));
        client.send(client.request("json", "/v1/responses", body)
                .header("Authorization", "Bearer secret")
                .header("X-Twice", "a")
                .header("X-Twice", "b")
                .build());

        assertThat(server.requests()).singleElement().satisfies(request -> {
            assertThat(request.method()).isEqualTo("POST");
            assertThat(request.scenario()).isEqualTo("json");
            assertThat(request.path()).isEqualTo("/s/json/v1/responses");
            assertThat(request.headers())
                    .containsEntry("authorization", "Bearer secret")
                    .containsEntry("x-twice", "a, b");
            assertThat(request.body()).isEqualTo(body);
            assertThat(request.toString()).doesNotContain("secret", "hello");
        });
    }

    @Test
    void refused_requests_are_recorded_too() throws Exception {
        client.codex("nowhere", "{");

        assertThat(server.requests()).singleElement().satisfies(request -> assertThat(request.body())
                .isEqualTo("{"));
    }

    @Test
    void awaiting_returns_a_request_that_comes_later() throws Exception {
        CompletableFuture<RecordedRequest> awaited = CompletableFuture.supplyAsync(() -> await("wanted"));
        client.codex("json", codex("other", codexUser("hello")));
        client.codex("json", codex("wanted", codexUser("hello")));

        assertThat(awaited.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).body()).contains("wanted");
    }

    @Test
    void awaiting_in_vain_tells_which_requests_there_were() throws Exception {
        client.codex("json", codex("c", codexUser("hello")));

        assertThatThrownBy(() -> server.awaitRequest(request -> false, Duration.ZERO))
                .isInstanceOf(TimeoutException.class)
                .hasMessageContaining("/s/json/v1/responses");
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/responses, event: response.created",
        "/v1/chat/completions, data: {",
        "/v1beta/models/m:streamGenerateContent, data: {"
    })
    void a_hanging_answer_begins_stays_alive_and_ends_when_the_server_closes(String path, String opening)
            throws Exception {
        String body = path.endsWith("responses")
                ? codex("c", codexUser("hello"))
                : path.endsWith("completions")
                        ? chat(chatMessage("user", "hello"))
                        : gemini(geminiContent("user", "hello"));
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(client.stream("hang", path, body), UTF_8))) {
            assertThat(lines.readLine()).startsWith(opening);
            assertThat(skipTo(lines, ": ")).isTrue();

            server.close();

            assertThat(skipTo(lines, "nothing more")).isFalse();
        }
    }

    @Test
    void a_paced_answer_sends_its_first_event_at_once_and_is_broken_off_by_closing() throws Exception {
        server.register("slow", turn -> new Answer.Text("never read to its end", Duration.ofHours(1)));
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(client.stream("slow", "/v1/responses", codex("c", codexUser("hello"))), UTF_8))) {
            assertThat(lines.readLine()).isEqualTo("event: response.created");

            server.close();

            assertThat(skipTo(lines, "event: ")).isFalse();
        }
    }

    @Test
    void a_paced_answer_arrives_whole() throws Exception {
        server.register("paced", turn -> new Answer.ToolCall("true", Duration.ofMillis(1)));

        assertThat(TestClient.data(client.codex("paced", codex("c", codexUser("hello")))))
                .hasSize(3);
    }

    @Test
    void closing_twice_does_no_harm_and_ends_listening() {
        server.close();
        server.close();

        assertThatThrownBy(() -> client.codex("json", "{}")).isInstanceOf(IOException.class);
    }

    @Test
    void concurrent_conversations_are_counted_apart_and_without_gaps() {
        List<String> conversations = List.of("a", "b", "c", "d");
        int each = 15;
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        server.register("count", turn -> new Answer.Text("turn " + turn.conversation() + turn.number() + "."));
        for (int i = 0; i < each; i++) {
            for (String conversation : conversations) {
                answers.add(client.postLater("count", "/v1/responses", codex(conversation, codexUser("hello"))));
            }
        }

        List<String> texts = answers.stream()
                .map(CompletableFuture::join)
                .map(response -> response.body().replaceAll("(?s).*\"text\":\"turn ([^\"]*)\".*", "$1"))
                .toList();

        assertThat(texts)
                .containsExactlyInAnyOrderElementsOf(conversations.stream()
                        .flatMap(conversation -> IntStream.rangeClosed(1, each).mapToObj(n -> conversation + n + "."))
                        .toList());
        assertThat(server.requests()).hasSize(each * conversations.size());
    }

    @Test
    void scenarios_count_the_same_conversation_apart() throws Exception {
        client.codex("json", codex("c", codexUser("hello")));

        assertThat(client.codex("fenced", codex("c", codexUser("hello"))).body())
                .contains("\\\"turn\\\":1");
    }

    /** Returns true at the first line with this start, false when the answer has ended or broken off. */
    private static boolean skipTo(BufferedReader lines, String start) {
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(start)) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            return false;
        }
    }

    private RecordedRequest await(String conversation) {
        try {
            return server.awaitRequest(request -> request.body().contains(conversation), PATIENCE);
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }
}
