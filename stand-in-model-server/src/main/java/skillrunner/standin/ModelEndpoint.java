package skillrunner.standin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Takes each HTTP request from its path to its answer: finds wire format and scenario, records, counts, answers. */
final class ModelEndpoint implements HttpHandler {

    /** Far above any real prompt, far below what would hurt the process. */
    static final int MOST_BODY_BYTES = 32 * 1024 * 1024;

    private static final Pattern PATH = Pattern.compile("/s/([^/]+)(/.*)");
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final List<Wire> WIRES = List.of(new OpenAiResponsesWire(), new OpenAiChatWire(), new GeminiWire());

    private final Function<String, Optional<Scenario>> scenarios;
    private final RequestLog log;
    private final AnswerStream answers;
    private final TurnCounters counters = new TurnCounters();

    ModelEndpoint(Function<String, Optional<Scenario>> scenarios, RequestLog log, AnswerStream answers) {
        this.scenarios = scenarios;
        this.log = log;
        this.answers = answers;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readNBytes(MOST_BODY_BYTES + 1);
            if (body.length > MOST_BODY_BYTES) {
                refuse(exchange, 413, "the request has more than " + MOST_BODY_BYTES + " bytes");
                return;
            }
            answer(exchange, new String(body, StandardCharsets.UTF_8));
        }
    }

    private void answer(HttpExchange exchange, String body) throws IOException {
        String path = Optional.ofNullable(exchange.getRequestURI().getPath()).orElse("");
        Matcher parts = PATH.matcher(path);
        boolean named = parts.matches();
        String scenarioName = named ? parts.group(1) : "";
        String wirePath = named ? parts.group(2) : "";
        Map<String, String> headers = headers(exchange);
        log.add(new RecordedRequest(exchange.getRequestMethod(), scenarioName, path, headers, body));

        Optional<Wire> wire =
                WIRES.stream().filter(each -> each.serves(wirePath)).findFirst();
        Optional<Scenario> scenario = scenarios.apply(scenarioName);
        if (wire.isEmpty()) {
            refuse(exchange, 404, "nothing is served at " + path);
        } else if (scenario.isEmpty()) {
            refuse(exchange, 404, "no scenario is called " + scenarioName);
        } else if (!exchange.getRequestMethod().equals("POST")) {
            refuse(exchange, 405, "only POST is served here");
        } else {
            Optional<JsonNode> json = parse(body);
            if (json.isEmpty()) {
                refuse(exchange, 400, "the request body is not a JSON object");
            } else {
                converse(
                        exchange,
                        wire.get(),
                        wire.get().read(wirePath, headers, json.get()),
                        scenarioName,
                        scenario.get());
            }
        }
    }

    private void converse(HttpExchange exchange, Wire wire, ModelCall call, String scenarioName, Scenario scenario)
            throws IOException {
        if (call instanceof ModelCall.Aside aside) {
            answers.send(exchange, aside);
        } else if (call instanceof ModelCall.Turn turn) {
            int counted = counters.next(scenarioName, turn.conversation());
            int number = turn.number().orElse(counted);
            ModelTurn asked = new ModelTurn(turn.conversation(), number, turn.userTexts(), turn.toolOutput());
            answers.send(exchange, wire, ask(scenario, asked));
        }
    }

    /** A broken scenario has to show up in the CLI's stream, not as a connection that ends for no visible reason. */
    private static Answer ask(Scenario scenario, ModelTurn turn) {
        try {
            return scenario.answer(turn);
        } catch (RuntimeException e) {
            return new Answer.HttpError(500, "the scenario failed: " + e);
        }
    }

    private void refuse(HttpExchange exchange, int status, String message) throws IOException {
        answers.fail(exchange, status, OpenAiError.body(status, message));
    }

    private static Optional<JsonNode> parse(String body) {
        try {
            return Optional.of(JSON.readTree(body)).filter(JsonNode::isObject);
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static Map<String, String> headers(HttpExchange exchange) {
        Map<String, String> headers = new TreeMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(", ", values)));
        return headers;
    }
}
