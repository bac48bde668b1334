package skillrunner.e2eclient;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server that answers as a test says, and remembers what it was asked. */
public final class ScriptedBackend implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();

    /** Writes an answer. */
    public interface Answer {
        void write(HttpExchange exchange) throws IOException;
    }

    /**
     * What was asked.
     *
     * @param what method and path with query
     * @param headers names in lower case
     * @param body the body, byte by byte
     */
    public record Asked(String what, Map<String, String> headers, String body) {}

    private ScriptedBackend(HttpServer server) {
        this.server = server;
    }

    public static ScriptedBackend start() throws IOException {
        ScriptedBackend backend =
                new ScriptedBackend(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        backend.server.setExecutor(backend.threads);
        backend.server.createContext("/", backend::answer);
        backend.server.start();
        return backend;
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Answers a method and path, such as {@code GET /v1/skills}, with JSON. */
    public ScriptedBackend json(String what, String json) {
        return answer(what, 200, "application/json", json);
    }

    public ScriptedBackend answer(String what, int status, String type, String body) {
        return stream(what, exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(bytes);
            }
        });
    }

    public ScriptedBackend stream(String what, Answer answer) {
        answers.put(what, answer);
        return this;
    }

    public List<Asked> asked() {
        return List.copyOf(asked);
    }

    /** Forgets what was asked. */
    public void forget() {
        asked.clear();
    }

    /** What was asked of exactly this method and path with its query. */
    public List<Asked> askedExactly(String what) {
        return asked.stream().filter(each -> each.what().equals(what)).toList();
    }

    /** What was asked of all that begins like this. */
    public List<Asked> asked(String what) {
        return asked.stream().filter(each -> each.what().startsWith(what)).toList();
    }

    private void answer(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new ConcurrentHashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
        String path =
                exchange.getRequestMethod() + " " + exchange.getRequestURI().getRawPath();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1);
        asked.add(new Asked(exchange.getRequestMethod() + " " + exchange.getRequestURI(), headers, body));
        Answer answer = answers.get(path);
        if (answer == null) {
            byte[] problem = "{\"status\":404,\"code\":\"ROUTE_NOT_FOUND\",\"detail\":\"not scripted\"}"
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(404, problem.length);
            exchange.getResponseBody().write(problem);
            exchange.close();
            return;
        }
        try {
            answer.write(exchange);
        } finally {
            exchange.close();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
