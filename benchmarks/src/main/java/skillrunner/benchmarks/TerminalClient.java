package skillrunner.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks at the terminal of a server as its page does: reads at once what comes, and says so. */
final class TerminalClient implements AutoCloseable {
    private static final String SESSION = "/ui/engines/tui/session";
    private static final Pattern TICKET = Pattern.compile("\"ticket\":\"([^\"]+)\"");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int KEPT_CHARACTERS = 256;

    private final WebSocket socket;
    private final Screen screen;

    private TerminalClient(WebSocket socket, Screen screen) {
        this.socket = socket;
        this.screen = screen;
    }

    /** Begins a session of codex. */
    static void start(int port) throws IOException {
        Http.form(port, SESSION + "/start", "engine=codex");
    }

    /** Ends the session; returns when nothing of it should be left. */
    static void stop(int port) throws IOException {
        Http.form(port, SESSION + "/stop", "");
    }

    static TerminalClient connect(HttpClient http, int port) throws IOException {
        Matcher ticket = TICKET.matcher(Http.form(port, SESSION + "/ticket", ""));
        if (!ticket.find()) {
            throw new IllegalStateException("there is no ticket");
        }
        Screen screen = new Screen();
        WebSocket socket = http.newWebSocketBuilder()
                .buildAsync(URI.create("ws://127.0.0.1:" + port + SESSION + "/ws?ticket=" + ticket.group(1)), screen)
                .join();
        return new TerminalClient(socket, screen);
    }

    /** Waits until the program has written a text. @return when, by the clock of {@link System#nanoTime} */
    long await(String text) throws InterruptedException {
        return screen.await(text);
    }

    void type(String keys) {
        screen.send(() -> socket.sendBinary(ByteBuffer.wrap(keys.getBytes(StandardCharsets.UTF_8)), true))
                .join();
    }

    /** How many bytes the program has written. */
    long received() {
        return screen.received();
    }

    /** Cuts the connection without a word. */
    @Override
    public void close() {
        socket.abort();
    }

    /** The end of what was written, and how much it was. */
    private static final class Screen implements WebSocket.Listener {
        private final StringBuilder end = new StringBuilder();
        private long received;
        private String awaited = "";
        private CompletableFuture<Long> found = new CompletableFuture<>();
        private CompletableFuture<?> sent = CompletableFuture.completedFuture("");

        @Override
        public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
            byte[] piece = new byte[data.remaining()];
            data.get(piece);
            long all = take(piece);
            return send(() -> socket.sendText("{\"type\":\"ack\",\"bytes\":" + all + "}", true))
                    .thenRun(() -> socket.request(1));
        }

        /** A socket takes one message at a time, and what is typed meets what is acknowledged. */
        private synchronized CompletableFuture<WebSocket> send(Supplier<CompletableFuture<WebSocket>> message) {
            CompletableFuture<WebSocket> next = sent.thenCompose(before -> message.get());
            sent = next;
            return next;
        }

        private synchronized long take(byte[] piece) {
            received += piece.length;
            end.append(new String(piece, StandardCharsets.ISO_8859_1));
            look();
            if (end.length() > KEPT_CHARACTERS) {
                end.delete(0, end.length() - KEPT_CHARACTERS);
            }
            return received;
        }

        private void look() {
            if (!awaited.isEmpty() && end.indexOf(awaited) >= 0) {
                found.complete(System.nanoTime());
            }
        }

        long await(String text) throws InterruptedException {
            CompletableFuture<Long> wanted;
            synchronized (this) {
                awaited = text;
                found = new CompletableFuture<>();
                wanted = found;
                look();
            }
            try {
                return wanted.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            } catch (ExecutionException | TimeoutException e) {
                throw new IllegalStateException("the terminal does not show " + text, e);
            }
        }

        synchronized long received() {
            return received;
        }
    }
}
