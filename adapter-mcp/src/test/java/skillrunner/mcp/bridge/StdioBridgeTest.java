package skillrunner.mcp.bridge;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import skillrunner.client.Credentials;
import skillrunner.testkit.background.OwnThreads;
import skillrunner.testkit.background.SequentialIds;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** The bridge between real pipes and a server over real HTTP that says what the test wants. */
@Timeout(60)
class StdioBridgeTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final Duration SOON = Duration.ofSeconds(1);

    /** Longer than a test may last. */
    private static final Duration NEVER = Duration.ofHours(1);

    /** What the server does with one request after another; whatever else comes is answered as a server would. */
    private final BlockingQueue<Step> steps = new LinkedBlockingQueue<>();

    private final List<JsonNode> heard = new CopyOnWriteArrayList<>();
    private final List<String> resumed = new CopyOnWriteArrayList<>();
    private final List<String> passwords = new CopyOnWriteArrayList<>();
    private final OwnThreads threads = new OwnThreads();
    private final BlockingQueue<String> notes = new LinkedBlockingQueue<>();
    private final CountDownLatch ended = new CountDownLatch(1);

    /** What the server does with everything that has no step of its own; empty for what a server would. */
    private volatile Optional<Step> always = Optional.empty();

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
        bridge(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/base/"), SOON);
    }

    private void bridge(URI address, Duration patience) throws IOException {
        // The JDK's own piped streams end with the thread that wrote last.
        Pipe toBridge = Pipe.open();
        Pipe fromBridge = Pipe.open();
        StdioBridge bridge = new StdioBridge(
                address,
                Optional.of(new Credentials("ann", "secret")),
                Channels.newInputStream(toBridge.source()),
                Channels.newOutputStream(fromBridge.sink()),
                notes::add,
                threads,
                new SequentialIds(),
                new Patience(patience, patience));
        agent = new PrintWriter(Channels.newOutputStream(toBridge.sink()), true, StandardCharsets.UTF_8);
        told = new BufferedReader(
                new InputStreamReader(Channels.newInputStream(fromBridge.source()), StandardCharsets.UTF_8));
        threads.submit("bridge", () -> {
            try {
                bridge.run();
                ended.countDown();
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
        assertThat(passwords).containsOnly("Basic YW5uOnNlY3JldA==");
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
                .contains(":" + port)
                .contains("No server answers");
    }

    @Test
    void what_is_no_message_goes_nowhere() throws IOException {
        say("hello");

        assertThat(hear().at("/error/code").intValue()).isEqualTo(-32_700);
        assertThat(heard).isEmpty();
    }

    @Test
    void a_server_that_is_always_busy_is_told_after_a_while() throws IOException {
        greet();
        always = Optional.of((exchange, message) -> json(exchange, 503, Map.of("detail", "no room")));
        say(call(7));

        assertThat(hear().at("/error/message").asString("")).contains("no room");
    }

    @Test
    void a_server_whose_streams_say_nothing_is_told_after_a_while() throws IOException {
        greet();
        always = Optional.of((exchange, message) -> events(exchange));
        say(call(7));

        assertThat(hear().at("/error/message").asString("")).contains("without an answer");
    }

    @Test
    void a_server_that_forgets_every_session_at_once_is_told_after_a_while() throws IOException {
        greet();
        always = Optional.of((exchange, message) -> {
            if (message.path("method").asString("").equals("initialize")) {
                exchange.getResponseHeaders().set("Mcp-Session-Id", "s-" + sessions.incrementAndGet());
                json(exchange, 200, answer(message, Map.of("protocolVersion", "2025-11-25")));
            } else {
                json(exchange, 404, Map.of("jsonrpc", "2.0"));
            }
        });
        say(call(7));

        assertThat(hear().at("/error/message").asString("")).contains("forgets");
    }

    @Test
    void who_waits_for_a_server_is_told_at_once_and_may_leave() throws Exception {
        int port = server.getAddress().getPort();
        server.stop(0);
        bridge(URI.create("http://127.0.0.1:" + port), NEVER);
        say(greeting());

        assertThat(notes.take())
                .contains("No server answers at http://127.0.0.1:" + port)
                .contains("skill-runner serve");
        agent.close();
        ended.await();
    }

    @Test
    void a_server_that_is_just_starting_is_waited_for() throws Exception {
        int port = server.getAddress().getPort();
        server.stop(0);
        bridge(URI.create("http://127.0.0.1:" + port + "/base"), NEVER);
        say(greeting());
        notes.take();

        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/base/mcp", this::serve);
        server.setExecutor(task -> threads.submit("server", task));
        server.start();

        assertThat(hear().at("/result/protocolVersion").stringValue()).isEqualTo("2025-11-25");
    }

    @Test
    void a_note_that_the_server_does_not_take_holds_up_nobody() throws Exception {
        greet();
        CountDownLatch never = new CountDownLatch(1);
        steps.add((exchange, message) -> hang(never));
        say("{\"jsonrpc\": \"2.0\", \"method\": \"notifications/roots/list_changed\"}");
        say(call(7));

        assertThat(hear().get("id").intValue()).isEqualTo(7);
        never.countDown();
    }

    @Test
    void a_call_that_is_taken_back_while_the_server_is_away_is_taken_back_when_it_is_found() throws Exception {
        greet();
        CountDownLatch away = new CountDownLatch(1);
        CountDownLatch takenBack = new CountDownLatch(1);
        steps.add((exchange, message) -> events(
                exchange,
                event("4-1", Map.of("jsonrpc", "2.0", "method", "notifications/progress", "params", Map.of()))));
        steps.add((exchange, message) -> {
            away.countDown();
            hang(takenBack);
            json(exchange, 404, Map.of("jsonrpc", "2.0"));
        });
        say(call(7));
        hear();
        away.await();
        steps.add((exchange, message) -> {
            json(exchange, 404, Map.of("jsonrpc", "2.0"));
            takenBack.countDown();
        });
        BlockingQueue<JsonNode> found = new LinkedBlockingQueue<>();
        always = Optional.of((exchange, message) -> {
            if ("s-1".equals(exchange.getRequestHeaders().getFirst("Mcp-Session-Id"))) {
                json(exchange, 404, Map.of("jsonrpc", "2.0"));
                return;
            }
            found.add(message);
            if (message.path("method").asString("").equals("initialize")) {
                exchange.getResponseHeaders().set("Mcp-Session-Id", "s-" + sessions.incrementAndGet());
                json(exchange, 200, answer(message, Map.of("protocolVersion", "2025-11-25")));
            } else if (message.path("method").asString("").equals("tools/call")) {
                events(exchange, ": \n\n");
            } else {
                exchange.sendResponseHeaders(202, -1);
                exchange.close();
            }
        });
        say("{\"jsonrpc\": \"2.0\", \"method\": \"notifications/cancelled\", \"params\": {\"requestId\": 7}}");

        String name = "";
        for (JsonNode message = found.take();
                !message.path("method").asString("").equals("notifications/cancelled")
                        || !message.at("/params/requestId").asString("").equals(name);
                message = found.take()) {
            name = message.path("method").asString("").equals("tools/call")
                    ? message.get("id").stringValue()
                    : name;
        }
        assertThat(name).isNotEmpty();
    }

    @Test
    void a_request_that_is_taken_back_before_it_was_sent_is_not_sent() throws Exception {
        int port = server.getAddress().getPort();
        server.stop(0);
        bridge(URI.create("http://127.0.0.1:" + port), SOON);
        say(greeting());
        say(call(7));
        say("{\"jsonrpc\": \"2.0\", \"method\": \"notifications/cancelled\", \"params\": {\"requestId\": 7}}");
        say(call(8));

        assertThat(hear().get("id").intValue()).isEqualTo(1);
        assertThat(hear().get("id").intValue()).isEqualTo(8);
    }

    @Test
    void garbage_and_endless_lines_are_no_messages_and_hinder_none() throws IOException {
        greet();
        say("\u0000\u0001[{]");
        say("[]");
        say("\"" + "x".repeat(2_000_000) + "\"");
        say("null");
        for (int i = 0; i < 4; i++) {
            assertThat(hear().at("/error/code").intValue()).isEqualTo(-32_700);
        }
        say(call(7));

        assertThat(hear().get("id").intValue()).isEqualTo(7);
    }

    private static void hang(CountDownLatch until) {
        try {
            until.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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
        } else if (always.isPresent()) {
            always.get().answer(exchange, message);
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
