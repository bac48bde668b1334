package skillrunner.mcp.bridge;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import skillrunner.testkit.background.OwnThreads;
import skillrunner.testkit.background.SequentialIds;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** The bridge between real pipes and a server over real HTTP that says what the test wants. */
@Timeout(60)
class StdioBridgeTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** What the server does with one request after another; whatever else comes is answered as a server would. */
    private final BlockingQueue<Step> steps = new LinkedBlockingQueue<>();

    private final List<JsonNode> heard = new CopyOnWriteArrayList<>();
    private final List<String> resumed = new CopyOnWriteArrayList<>();
    private final List<String> passwords = new CopyOnWriteArrayList<>();
    private final OwnThreads threads = new OwnThreads();
    private HttpServer server;
    private PrintWriter agent;
    private BufferedReader told;
    private final AtomicInteger sessions = new AtomicInteger();

    private interface Step {
        void answer(HttpExchange exchange, JsonNode message) throws IOException;
    }

    @BeforeEach
    void begin() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/base/mcp", this::serve);
        server.setExecutor(task -> threads.submit("server", task));
        server.start();
        bridge(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/base/"));
    }

    private void bridge(URI address) throws IOException {
        PipedOutputStream toBridge = new PipedOutputStream();
        PipedInputStream fromBridge = new PipedInputStream(1 << 20);
        StdioBridge bridge = new StdioBridge(
                address,
                Optional.of("Basic abc"),
                new PipedInputStream(toBridge, 1 << 20),
                new PipedOutputStream(fromBridge),
                note -> {},
                threads,
                new SequentialIds(),
                Duration.ofSeconds(1));
        agent = new PrintWriter(toBridge, true, StandardCharsets.UTF_8);
        told = new BufferedReader(new InputStreamReader(fromBridge, StandardCharsets.UTF_8));
        threads.submit("bridge", () -> {
            try {
                bridge.run();
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @AfterEach
    void end() {
        agent.close();
        server.stop(0);
    }

    @Test
    void messages_are_carried_both_ways_with_the_password() throws IOException {
        JsonNode greeting = greet();
        assertThat(greeting.at("/result/protocolVersion").stringValue()).isEqualTo("2025-11-25");
        assertThat(greeting.get("id").intValue()).isEqualTo(1);

        steps.add((exchange, message) -> json(exchange, 200, answer(message, Map.of("tools", List.of()))));
        say("{\"jsonrpc\": \"2.0\", \"id\": \"x\", \"method\": \"tools/list\"}");

        JsonNode answer = hear();
        assertThat(answer.get("id").stringValue()).isEqualTo("x");
        assertThat(answer.at("/result/tools").isArray()).isTrue();
        assertThat(passwords).containsOnly("Basic abc");
    }

    @Test
    void news_on_the_way_come_before_the_answer() throws IOException {
        greet();
        steps.add((exchange, message) -> events(
                exchange,
                event("1-1", Map.of("jsonrpc", "2.0", "method", "notifications/progress", "params", Map.of())),
                ": \n\n",
                event("1-2", answer(message, Map.of("content", List.of())))));
        say(call(7));

        assertThat(hear().get("method").stringValue()).isEqualTo("notifications/progress");
        assertThat(hear().get("id").intValue()).isEqualTo(7);
    }

    @Test
    void a_session_that_is_forgotten_is_opened_again_and_the_call_made_under_its_key() throws IOException {
        greet();
        steps.add((exchange, message) -> json(exchange, 404, Map.of("jsonrpc", "2.0")));
        say(call(7));
        // Greeting and note are answered as always; then comes the call again.
        assertThat(hear().get("id").intValue()).isEqualTo(7);

        assertThat(sessions).hasValue(2);
        List<JsonNode> calls = heard.stream()
                .filter(message -> message.path("method").asString("").equals("tools/call"))
                .toList();
        assertThat(calls).hasSize(2);
        assertThat(calls.get(0)
                        .at("/params/_meta/dev.skillrunner~1idempotency_key")
                        .stringValue())
                .isNotBlank()
                .isEqualTo(calls.get(1)
                        .at("/params/_meta/dev.skillrunner~1idempotency_key")
                        .stringValue());
        assertThat(calls.get(0).at("/params/_meta/progressToken").intValue()).isEqualTo(3);
    }

    @Test
    void a_stream_that_breaks_is_gone_on_with() throws IOException {
        greet();
        String[] id = new String[1];
        steps.add((exchange, message) -> {
            id[0] = message.get("id").stringValue();
            events(
                    exchange,
                    event("4-1", Map.of("jsonrpc", "2.0", "method", "notifications/progress", "params", Map.of())));
        });
        steps.add((exchange, message) ->
                events(exchange, event("4-2", Map.of("jsonrpc", "2.0", "id", id[0], "result", Map.of("found", 1)))));
        say(call(7));

        hear();
        assertThat(hear().at("/result/found").intValue()).isEqualTo(1);
        assertThat(resumed).containsExactly("4-1");
    }

    @Test
    void what_the_server_refuses_is_told_in_its_words() throws IOException {
        steps.add((exchange, message) ->
                json(exchange, 401, Map.of("code", "UNAUTHENTICATED", "detail", "A password is needed")));
        say(greeting());

        assertThat(hear().at("/error/message").stringValue()).contains("401").contains("A password is needed");
    }

    @Test
    void a_server_that_is_not_there_is_told_after_a_while() throws IOException {
        int port = server.getAddress().getPort();
        server.stop(0);
        say(greeting());

        JsonNode answer = hear();
        assertThat(answer.get("id").intValue()).isEqualTo(1);
        assertThat(answer.at("/error/message").stringValue())
                .contains(":" + port + "/")
                .contains("can't be reached");
    }

    @Test
    void what_is_no_message_goes_nowhere() throws IOException {
        say("hello");

        assertThat(hear().at("/error/code").intValue()).isEqualTo(-32_700);
        assertThat(heard).isEmpty();
    }

    private JsonNode greet() throws IOException {
        say(greeting());
        return hear();
    }

    private static String greeting() {
        return "{\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": \"initialize\", \"params\": {\"protocolVersion\": \"2025-11-25\"}}";
    }

    private static String call(int id) {
        return "{\"jsonrpc\": \"2.0\", \"id\": " + id
                + ", \"method\": \"tools/call\", \"params\": {\"name\": \"demo\", \"_meta\": {\"progressToken\": 3}}}";
    }

    private void say(String line) {
        agent.println(line);
    }

    private JsonNode hear() throws IOException {
        return JSON.readTree(told.readLine());
    }

    private void serve(HttpExchange exchange) throws IOException {
        passwords.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        JsonNode message = body.isEmpty() ? JSON.nullNode() : JSON.readTree(body);
        if (!body.isEmpty()) {
            heard.add(message);
        }
        String behind = exchange.getRequestHeaders().getFirst("Last-Event-ID");
        if (behind != null) {
            resumed.add(behind);
        }
        Step step = steps.poll();
        if (step != null) {
            step.answer(exchange, message);
        } else if (message.path("method").asString("").equals("initialize")) {
            exchange.getResponseHeaders().set("Mcp-Session-Id", "s-" + sessions.incrementAndGet());
            json(exchange, 200, answer(message, Map.of("protocolVersion", "2025-11-25")));
        } else if (message.has("id") && message.has("method")) {
            json(exchange, 200, answer(message, Map.of()));
        } else {
            exchange.sendResponseHeaders(202, -1);
            exchange.close();
        }
    }

    private static Map<String, Object> answer(JsonNode message, Map<String, ?> result) {
        return Map.of("jsonrpc", "2.0", "id", message.get("id"), "result", result);
    }

    private static String event(String id, Map<String, ?> message) {
        return "id: " + id + "\nevent: message\ndata: " + JSON.writeValueAsString(message) + "\n\n";
    }

    private static void events(HttpExchange exchange, String... events) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        for (String event : events) {
            exchange.getResponseBody().write(event.getBytes(StandardCharsets.UTF_8));
        }
        exchange.close();
    }

    private static void json(HttpExchange exchange, int status, Map<String, ?> body) throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(body);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
