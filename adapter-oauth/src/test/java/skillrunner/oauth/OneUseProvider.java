package skillrunner.oauth;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A provider whose tokens are good for one use. As usual, the last one that was used may be used again, for its answer may have been lost; this
 * ends when what came of it was used. Any other one ends the whole family, and its user has to sign in. The access it gives is always about to
 * end.
 */
final class OneUseProvider implements AutoCloseable {
    static final String FIRST = "refresh-0";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Fate fate;
    private final Set<String> current = new HashSet<>(Set.of(FIRST));
    private String last = "";
    private int given;
    private int repeated;
    private int forcedSignIns;

    /** What becomes of those who ask. Called without a lock, so a caller may die here. */
    interface Fate {
        /** A request has come and was not looked at. @return false if nothing is to be done about it */
        boolean asked(String caller);

        /** The token was spent. @return false if no answer is to be sent */
        boolean spent(String caller);

        /** The answer was sent. */
        void answered(String caller);
    }

    OneUseProvider(Fate fate) throws IOException {
        this.fate = fate;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    URI address(String caller) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/" + caller);
    }

    /** How often tokens were given. */
    synchronized int given() {
        return given;
    }

    /** How often a token was used again. */
    synchronized int repeated() {
        return repeated;
    }

    /** How often somebody used a token that nobody forgives. */
    synchronized int forcedSignIns() {
        return forcedSignIns;
    }

    /** Whether this token still renews. */
    synchronized boolean isAlive(String token) {
        return current.contains(token) || last.equals(token);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String caller = exchange.getRequestURI().getPath().substring(1);
        try (exchange) {
            String token = Parameters.read(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8))
                    .getOrDefault("refresh_token", "");
            if (!fate.asked(caller)) {
                return;
            }
            String next = spend(token);
            if (!fate.spent(caller)) {
                return;
            }
            byte[] body = (next.isEmpty()
                            ? "{\"error\": \"invalid_grant\"}"
                            : "{\"access_token\": \"" + Jwt.of("{\"exp\": 1}") + "\", \"refresh_token\": \"" + next
                                    + "\"}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(next.isEmpty() ? 400 : 200, body.length);
            exchange.getResponseBody().write(body);
        }
        fate.answered(caller);
    }

    /** @return the next one, or nothing if the family has come to its end */
    private synchronized String spend(String token) {
        if (current.contains(token)) {
            current.clear();
            last = token;
        } else if (token.equals(last)) {
            repeated++;
        } else {
            forcedSignIns++;
            current.clear();
            last = "";
            return "";
        }
        given++;
        String next = "refresh-" + given;
        current.add(next);
        return next;
    }
}
