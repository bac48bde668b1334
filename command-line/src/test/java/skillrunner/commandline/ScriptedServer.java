package skillrunner.commandline;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A server that answers what it was told to, and remembers what it was asked. */
final class ScriptedServer implements AutoCloseable {
    static final String JSON = "application/json";

    private final HttpServer http;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Deque<Function<Request, Reply>>> script = new ConcurrentHashMap<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    @Nullable
    private volatile String version;

    /** What was asked. */
    record Request(String call, String query, String body) {}

    /** What is answered. */
    record Reply(int status, String type, String body) {
        static Reply json(String body) {
            return new Reply(200, JSON, body);
        }

        static Reply problem(int status, String code, String detail) {
            String body = "{\"type\": \"/problems/x\", \"title\": \"no\", \"status\": " + status + ", \"detail\": \""
                    + detail + "\", \"instance\": \"/\", \"code\": \"" + code + "\"}";
            return new Reply(status, "application/problem+json", body);
        }

        static Reply events(String events) {
            return new Reply(200, "text/event-stream", events);
        }
    }

    ScriptedServer() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/", this::handle);
        http.setExecutor(threads);
        http.start();
        answer("GET /openapi.yaml", new Reply(200, "application/yaml", document("0.1.0")));
    }

    static String document(String version) {
        return "openapi: '3.1.1'\ninfo:\n  title: Skill Runner\n  version: '" + version + "'\n";
    }

    /** Answers a call; several answers come one after another, the last one for ever. */
    ScriptedServer answer(String call, Reply... replies) {
        Deque<Function<Request, Reply>> queue = new ArrayDeque<>();
        for (Reply reply : replies) {
            queue.add(request -> reply);
        }
        script.put(call, queue);
        return this;
    }

    ScriptedServer answer(String call, Function<Request, Reply> reply) {
        script.put(call, new ArrayDeque<>(List.of(reply)));
        return this;
    }

    /** Answers the next calls so before it answers as it does now; null for as it does now. */
    ScriptedServer before(String call, @Nullable Reply... replies) {
        Deque<Function<Request, Reply>> known = Objects.requireNonNull(script.get(call));
        Deque<Function<Request, Reply>> queue = new ArrayDeque<>();
        for (Reply reply : replies) {
            queue.add(reply == null ? known.getFirst() : request -> reply);
        }
        queue.addAll(known);
        script.put(call, queue);
        return this;
    }

    /** Says its version on every answer, as servers do since there is a header for it. */
    ScriptedServer says(String told) {
        version = told;
        return this;
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
    }

    List<Request> requests() {
        return requests;
    }

    /** The bodies that came with a call. */
    List<String> bodies(String call) {
        return requests.stream()
                .filter(request -> request.call().equals(call))
                .map(Request::body)
                .toList();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String call =
                exchange.getRequestMethod() + " " + exchange.getRequestURI().getRawPath();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1);
        String query = String.valueOf(exchange.getRequestURI().getRawQuery());
        Request request = new Request(call, query, body);
        requests.add(request);
        Deque<Function<Request, Reply>> queue = script.get(call);
        Reply reply = queue == null
                ? Reply.problem(404, "ROUTE_NOT_FOUND", "No route has this path: " + call)
                : next(queue).apply(request);
        exchange.getResponseHeaders().set("Content-Type", reply.type());
        String told = version;
        if (told != null) {
            exchange.getResponseHeaders().set("Skill-Runner-Api-Version", told);
        }
        byte[] answer = reply.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(reply.status(), answer.length == 0 ? -1 : answer.length);
        if (answer.length > 0) {
            exchange.getResponseBody().write(answer);
        }
        exchange.close();
    }

    private static Function<Request, Reply> next(Deque<Function<Request, Reply>> queue) {
        synchronized (queue) {
            return queue.size() > 1 ? queue.removeFirst() : queue.getFirst();
        }
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }
}
