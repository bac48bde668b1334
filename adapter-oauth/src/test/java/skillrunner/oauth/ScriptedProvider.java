package skillrunner.oauth;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** A provider on loopback: answers each path from a script, the last answer again and again, and keeps what it was asked. */
final class ScriptedProvider implements AutoCloseable {
    private final HttpServer server;
    private final Map<String, Deque<Answer>> script = new HashMap<>();
    private final List<Request> requests = new ArrayList<>();

    ScriptedProvider() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    /** What it was asked. */
    record Request(String method, String path, Map<String, String> query, Map<String, String> headers, String body) {
        Map<String, String> form() {
            return Parameters.read(body);
        }
    }

    private record Answer(int status, String body, Runnable before) {}

    ScriptedProvider on(String path, int status, String body) {
        return on(path, status, body, () -> {});
    }

    /** Lets something happen while the caller waits for the answer. */
    synchronized ScriptedProvider on(String path, int status, String body, Runnable before) {
        script.computeIfAbsent(path, it -> new ArrayDeque<>()).add(new Answer(status, body, before));
        return this;
    }

    URI address(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    synchronized List<Request> requests(String path) {
        return requests.stream().filter(it -> it.path().equals(path)).toList();
    }

    /** Settings that lead every call here and take any ports. */
    OAuthSettings settings() {
        Map<OAuthEndpoint, URI> addresses = new HashMap<>();
        for (OAuthEndpoint endpoint : OAuthEndpoint.values()) {
            addresses.put(endpoint, address("/" + endpoint.name()));
        }
        Map<OAuthListener, Integer> ports = new HashMap<>();
        for (OAuthListener listener : OAuthListener.values()) {
            ports.put(listener, 0);
        }
        return new OAuthSettings(
                addresses,
                ports,
                Optional.of(new OAuthClient("gemini-client", "gemini-secret")),
                Optional.of(new OAuthClient("antigravity-client", "antigravity-secret")),
                new OAuthClient("iflow-client", "iflow-secret"),
                Optional.empty(),
                ProxyRules.UNSET);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, String> headers = new HashMap<>();
            exchange.getRequestHeaders()
                    .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
            String path = exchange.getRequestURI().getPath();
            Answer answer = keep(new Request(
                    exchange.getRequestMethod(),
                    path,
                    Parameters.read(
                            Objects.requireNonNullElse(exchange.getRequestURI().getRawQuery(), "")),
                    headers,
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            answer.before().run();
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            if (answer.status() == 0) {
                return;
            }
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private synchronized Answer keep(Request request) {
        requests.add(request);
        Deque<Answer> answers = script.getOrDefault(request.path(), new ArrayDeque<>());
        return answers.size() > 1
                ? answers.remove()
                : Objects.requireNonNullElse(answers.peek(), new Answer(404, "", () -> {}));
    }
}
