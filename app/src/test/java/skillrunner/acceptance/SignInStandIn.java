package skillrunner.acceptance;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;

/** A server whose only sign-in waits for a key until it is canceled. */
final class SignInStandIn implements AutoCloseable {
    private final HttpServer http;
    private final AtomicBoolean canceled = new AtomicBoolean();

    SignInStandIn() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/", this::handle);
        http.start();
    }

    String address() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        exchange.getRequestBody().readAllBytes();
        if (path.endsWith("/cancel")) {
            canceled.set(true);
        }
        String session = "{\"session_id\": \"s\", \"status\": \"" + (canceled.get() ? "canceled" : "waiting_user")
                + "\", \"input_kind\": \"api_key\", \"terminal\": " + canceled.get() + "}";
        String answer = path.endsWith(".yaml")
                ? "openapi: '3.1.1'\ninfo:\n  title: Skill Runner\n  version: '0.1.0'\n"
                : path.endsWith("/cancel") ? "{\"session\": " + session + "}" : session;
        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
