package skillrunner.acceptance;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the page of a terminal does, without a page: draws by counting, and remembers the end of what came. */
final class TerminalLine implements WebSocket.Listener {
    private static final int REMEMBERED = 1 << 20;

    private final StringBuilder seen = new StringBuilder();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private long drawn;
    private CompletableFuture<WebSocket> sending = new CompletableFuture<>();

    private TerminalLine() {}

    static TerminalLine open(HttpClient client, int port, String ticket) {
        return connect(client, port, "ticket=" + ticket);
    }

    static TerminalLine takeOver(HttpClient client, int port, String ticket) {
        return connect(client, port, "take_over=true&ticket=" + ticket);
    }

    private static TerminalLine connect(HttpClient client, int port, String query) {
        TerminalLine line = new TerminalLine();
        client.newWebSocketBuilder()
                .buildAsync(URI.create("ws://127.0.0.1:" + port + "/ui/engines/tui/session/ws?" + query), line)
                .join();
        return line;
    }

    @Override
    public void onOpen(WebSocket opened) {
        sending.complete(opened);
        opened.request(1);
    }

    /** One after the other: the client sends nothing while something is on its way. */
    private synchronized CompletableFuture<WebSocket> send(Function<WebSocket, CompletableFuture<WebSocket>> what) {
        sending = sending.thenCompose(what);
        return sending;
    }

    void type(String text) {
        type(text.getBytes(StandardCharsets.UTF_8));
    }

    void type(byte[] keys) {
        send(it -> it.sendBinary(ByteBuffer.wrap(keys), true)).join();
    }

    void resize(int columns, int rows) {
        tell("{\"type\":\"resize\",\"cols\":" + columns + ",\"rows\":" + rows + "}");
    }

    /** Waits for a text that came after what was waited for before. @return whether it came before the end */
    boolean await(String text) {
        return await(text, 0);
    }

    /** Waits for a text, and until so many bytes came in all. */
    synchronized boolean await(String text, long bytes) {
        while (true) {
            int at = seen.indexOf(text);
            if (at >= 0 && drawn >= bytes) {
                seen.delete(0, at + text.length());
                return true;
            }
            if (closed.isDone()) {
                return false;
            }
            try {
                wait();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    boolean isOpen() {
        return !closed.isDone();
    }

    int closed() {
        return closed.join();
    }

    void leave() {
        send(it -> it.sendClose(WebSocket.NORMAL_CLOSURE, "")).join();
        closed.join();
    }

    private void tell(String text) {
        send(it -> it.sendText(text, true)).join();
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
        byte[] came = new byte[data.remaining()];
        data.get(came);
        long all;
        synchronized (this) {
            drawn += came.length;
            all = drawn;
            seen.append(new String(came, StandardCharsets.ISO_8859_1));
            seen.delete(0, Math.max(0, seen.length() - REMEMBERED));
            notifyAll();
        }
        return send(it -> it.sendText("{\"type\":\"ack\",\"bytes\":" + all + "}", true))
                .handle((sent, failed) -> {
                    // Also after the last word: the end comes as everything else does.
                    from.request(1);
                    return sent;
                });
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        ended(code);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        ended(-1);
    }

    private void ended(int code) {
        closed.complete(code);
        synchronized (this) {
            notifyAll();
        }
    }
}
