package skillrunner.oauth;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skillrunner.application.background.BackgroundTasks;

/**
 * Waits on loopback for the browser that a provider sends back: one path, GET only, for whoever calls it by a name of loopback. Open
 * from the first moment, so that nobody else has the port, but nothing is answered before {@link #start}. Safe for concurrent use.
 */
final class LoopbackListener implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LoopbackListener.class);
    private static final byte[] FOUR = {127, 0, 0, 1};
    private static final byte[] SIX = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
    private static final int BACKLOG = 16;
    private static final int TRIES = 10;
    private static final int MOST_CHARACTERS = 16 << 10;
    private static final long LAST_ANSWER_MILLIS = 500;

    private final List<HttpServer> servers;
    private final int port;
    private final String path;
    private final BackgroundTasks background;

    /** Guards what follows. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition answered = lock.newCondition();
    private int underWay;
    private boolean closed;

    private LoopbackListener(List<HttpServer> servers, String path, BackgroundTasks background) {
        this.servers = servers;
        this.port = servers.get(0).getAddress().getPort();
        this.path = path;
        this.background = background;
    }

    /** Tells what becomes of an answer. */
    interface Receiver {
        /** Takes an answer; may be called from several threads at once. */
        CallbackOutcome take(String state, Optional<String> code, Optional<String> error);
    }

    /**
     * Takes the port.
     *
     * @param path the only one
     * @param port 0 for any
     * @param background gives threads
     * @throws IOException if somebody else has it
     */
    static LoopbackListener open(String path, int port, BackgroundTasks background) throws IOException {
        for (int tries = 1; ; tries++) {
            try {
                return new LoopbackListener(bind(port), path, background);
            } catch (BindException e) {
                // Any port of the one family may be taken in the other.
                if (port != 0 || tries == TRIES) {
                    throw e;
                }
            }
        }
    }

    int port() {
        return port;
    }

    void start(Receiver receiver) {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            for (HttpServer server : servers) {
                server.createContext("/", exchange -> answer(exchange, receiver));
                // Each on a thread of its own: whoever sends slowly holds up nobody.
                server.setExecutor(task -> background.submit("sign-in listener", task));
                server.start();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Lets whoever is being answered have the answer, for a moment. */
    @Override
    public void close() {
        lock.lock();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(LAST_ANSWER_MILLIS);
            while (!closed && underWay > 0 && left > 0) {
                left = answered.awaitNanos(left);
            }
            if (closed) {
                return;
            }
            closed = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closed = true;
        } finally {
            lock.unlock();
        }
        servers.forEach(LoopbackListener::stop);
    }

    /** The port of a server that never ran stays taken, so each runs for a moment at least. */
    private static void stop(HttpServer server) {
        try {
            server.start();
        } catch (IllegalStateException e) {
            // It runs, as it mostly does.
        }
        server.stop(0);
    }

    /** {@code localhost} may lead to either address of loopback, so nobody else may sit on the other. */
    private static List<HttpServer> bind(int port) throws IOException {
        List<HttpServer> servers = new ArrayList<>();
        try {
            servers.add(HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(FOUR), port), BACKLOG));
            InetAddress six = InetAddress.getByAddress(SIX);
            if (NetworkInterface.getByInetAddress(six) != null) {
                int same = servers.get(0).getAddress().getPort();
                servers.add(HttpServer.create(new InetSocketAddress(six, same), BACKLOG));
            }
            return servers;
        } catch (IOException | RuntimeException e) {
            servers.forEach(LoopbackListener::stop);
            throw e;
        }
    }

    private void answer(HttpExchange exchange, Receiver receiver) {
        enter();
        try (exchange) {
            Optional<String> query =
                    Optional.ofNullable(exchange.getRequestURI().getRawQuery());
            if (!isOurs(exchange.getRequestHeaders().get("Host"))) {
                send(exchange, 400, "text/plain", "This address is for loopback only.");
            } else if (!path.equals(exchange.getRequestURI().getPath())) {
                send(exchange, 404, "text/plain", "There is nothing at this address.");
            } else if (!"GET".equals(exchange.getRequestMethod())) {
                exchange.getResponseHeaders().set("Allow", "GET");
                send(exchange, 405, "text/plain", "Only GET is understood here.");
            } else if (query.filter(text -> text.length() > MOST_CHARACTERS).isPresent()) {
                send(exchange, 414, "text/plain", "No provider sends that much.");
            } else {
                Map<String, String> given = query.map(Parameters::read).orElse(Map.of());
                Optional<String> error = Optional.ofNullable(given.get("error"));
                CallbackOutcome outcome =
                        receiver.take(given.getOrDefault("state", ""), Optional.ofNullable(given.get("code")), error);
                send(exchange, outcome.status(), "text/html", CallbackPage.html(outcome, error));
            }
        } catch (IOException e) {
            LOG.debug("a browser did not wait for the answer: {}", e.toString());
        } finally {
            leave();
        }
    }

    /** Whoever names two hosts means to be understood in two ways. */
    private boolean isOurs(@Nullable List<String> hosts) {
        return hosts != null
                && hosts.size() == 1
                && List.of("localhost:" + port, "127.0.0.1:" + port, "[::1]:" + port)
                        .contains(hosts.get(0).toLowerCase(Locale.ROOT));
    }

    private static void send(HttpExchange exchange, int status, String type, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        Headers headers = exchange.getResponseHeaders();
        headers.set("Content-Type", type + "; charset=utf-8");
        headers.set("Cache-Control", "no-store");
        headers.set("Content-Security-Policy", "default-src 'none'");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Connection", "close");
        boolean head = "HEAD".equals(exchange.getRequestMethod());
        exchange.sendResponseHeaders(status, head ? -1 : body.length);
        if (!head) {
            exchange.getResponseBody().write(body);
        }
    }

    private void enter() {
        lock.lock();
        try {
            underWay++;
        } finally {
            lock.unlock();
        }
    }

    private void leave() {
        lock.lock();
        try {
            underWay--;
            answered.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
