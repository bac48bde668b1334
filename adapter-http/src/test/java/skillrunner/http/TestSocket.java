package skillrunner.http;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A web socket that remembers what came. Safe for concurrent use. */
final class TestSocket implements WebSocket.Listener {
    private final List<String> texts = new ArrayList<>();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final StringBuilder part = new StringBuilder();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final CompletableFuture<WebSocket> opened = new CompletableFuture<>();

    private TestSocket() {}

    /** Opens one. @return it, once it is open */
    static TestSocket open(HttpClient client, URI address, String... headers) {
        TestSocket opened = new TestSocket();
        WebSocket.Builder builder = client.newWebSocketBuilder();
        for (int i = 0; i < headers.length; i += 2) {
            builder.header(headers[i], headers[i + 1]);
        }
        builder.buildAsync(address, opened).join();
        return opened;
    }

    @Override
    public void onOpen(WebSocket socket) {
        opened.complete(socket);
        socket.request(1);
    }

    void send(String text) {
        opened.join().sendText(text, true).join();
    }

    void send(byte[] keys) {
        opened.join().sendBinary(ByteBuffer.wrap(keys), true).join();
    }

    void leave() {
        opened.join().sendClose(WebSocket.NORMAL_CLOSURE, "").join();
    }

    /** Breaks the connection off. */
    void vanish() {
        opened.join().abort();
    }

    /** Waits for the end. @return its code */
    int closed() {
        return closed.join();
    }

    boolean isClosed() {
        return closed.isDone();
    }

    synchronized List<String> texts() {
        return List.copyOf(texts);
    }

    synchronized String bytes() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    synchronized int count() {
        return bytes.size();
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        synchronized (this) {
            part.append(data);
            if (last) {
                texts.add(part.toString());
                part.setLength(0);
            }
        }
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
        byte[] came = new byte[data.remaining()];
        data.get(came);
        synchronized (this) {
            bytes.writeBytes(came);
        }
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        closed.complete(code);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        closed.completeExceptionally(error);
    }
}
