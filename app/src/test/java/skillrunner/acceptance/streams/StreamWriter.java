package skillrunner.acceptance.streams;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The write half of the protocol, as far as tests of the read half need it: creating a stream begins a run, appending writes
 * to the file of its output, closing ends it. What reads is passed on, unchanged but for the type a stream was created with.
 */
final class StreamWriter implements AutoCloseable {
    private static final String NEXT_OFFSET = "Stream-Next-Offset";
    private static final String CLOSED = "Stream-Closed";
    private static final Set<String> OF_THE_CONNECTION =
            Set.of("connection", "transfer-encoding", "content-length", "host", "keep-alive", "date");

    private record Stream(WrittenRun run, String contentType) {}

    private final WrittenRuns runs;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<String, Stream> streams = new ConcurrentHashMap<>();

    StreamWriter(WrittenRuns runs) throws IOException {
        this.runs = runs;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            Optional<Stream> stream = Optional.ofNullable(streams.get(path));
            byte[] body = exchange.getRequestBody().readAllBytes();
            switch (exchange.getRequestMethod()) {
                case "PUT" -> create(exchange, path, body);
                case "POST" -> append(exchange, stream, body);
                case "DELETE" -> delete(exchange, path);
                default -> passOn(exchange, stream);
            }
        }
    }

    private void create(HttpExchange exchange, String path, byte[] body) throws IOException {
        String type = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Content-Type"))
                .orElse("application/octet-stream");
        boolean isNew = !streams.containsKey(path);
        Stream stream = streams.computeIfAbsent(
                path, name -> new Stream(isJson(type) ? runs.beginEvents() : runs.begin(), type));
        if (!isNew && !stream.contentType().equalsIgnoreCase(type)) {
            answer(exchange, 409);
            return;
        }
        if (isNew) {
            if (!stream.run().append(body) && body.length > 2) {
                answer(exchange, 400);
                return;
            }
            closeIfAsked(exchange, stream.run());
            exchange.getResponseHeaders().set("Location", address() + path);
        }
        exchange.getResponseHeaders().set("Content-Type", stream.contentType());
        tellPlace(exchange, stream.run());
        answer(exchange, isNew ? 201 : 200);
    }

    private void append(HttpExchange exchange, Optional<Stream> named, byte[] body) throws IOException {
        if (named.isEmpty()) {
            answer(exchange, 404);
            return;
        }
        WrittenRun run = named.get().run();
        if (run.isEnded()) {
            tellPlace(exchange, run);
            answer(exchange, body.length == 0 && asksToClose(exchange) ? 204 : 409);
            return;
        }
        if (body.length == 0 && !asksToClose(exchange)) {
            answer(exchange, 400);
            return;
        }
        if (!run.append(body)) {
            answer(exchange, 400);
            return;
        }
        closeIfAsked(exchange, run);
        tellPlace(exchange, run);
        answer(exchange, 204);
    }

    private void delete(HttpExchange exchange, String path) throws IOException {
        Optional<Stream> removed = Optional.ofNullable(streams.remove(path));
        removed.ifPresent(stream -> stream.run().remove());
        answer(exchange, removed.isPresent() ? 204 : 404);
    }

    private void passOn(HttpExchange exchange, Optional<Stream> named) throws IOException {
        // What a stream that nobody created is answered with is for the product to say.
        String address = named.map(stream -> stream.run().address()).orElse(runs.addressOfNone());
        String created = named.map(Stream::contentType).orElse("");
        String query =
                Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
        String format = created.startsWith("text/") ? "&format=text" : "";
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + "?" + query + format))
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.noBody());
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        HttpResponse<InputStream> answer = send(request.build());
        answer.headers().map().forEach((name, values) -> {
            if (!OF_THE_CONNECTION.contains(name)) {
                exchange.getResponseHeaders().put(name, values);
            }
        });
        String type = answer.headers().firstValue("Content-Type").orElse("");
        if (answer.statusCode() == 200 && !type.equals("text/event-stream")) {
            exchange.getResponseHeaders().set("Content-Type", created);
        }
        boolean empty =
                exchange.getRequestMethod().equals("HEAD") || Set.of(204, 304).contains(answer.statusCode());
        exchange.sendResponseHeaders(answer.statusCode(), empty ? -1 : 0);
        if (!empty) {
            copy(answer.body(), exchange.getResponseBody());
        }
    }

    private HttpResponse<InputStream> send(HttpRequest request) throws IOException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (InterruptedException e) {
            throw new IOException("the writer is closed", e);
        }
    }

    /** What is live leaves at once. */
    private static void copy(InputStream in, OutputStream out) throws IOException {
        byte[] piece = new byte[64 * 1024];
        try (in) {
            for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
                out.write(piece, 0, count);
                out.flush();
            }
        }
    }

    private static boolean isJson(String type) {
        return type.startsWith("application/json");
    }

    private static boolean asksToClose(HttpExchange exchange) {
        return "true".equalsIgnoreCase(exchange.getRequestHeaders().getFirst(CLOSED));
    }

    private static void closeIfAsked(HttpExchange exchange, WrittenRun run) {
        if (asksToClose(exchange)) {
            run.end();
        }
    }

    private static void tellPlace(HttpExchange exchange, WrittenRun run) throws IOException {
        exchange.getResponseHeaders().set(NEXT_OFFSET, run.offset());
        if (run.isEnded()) {
            exchange.getResponseHeaders().set(CLOSED, "true");
        }
    }

    private static void answer(HttpExchange exchange, int status) throws IOException {
        exchange.sendResponseHeaders(status, -1);
    }
}
