package skillrunner.standin;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** Sends answers over HTTP: when to send headers, events and comments, and when to break off. */
final class AnswerStream {

    private static final Duration HEARTBEAT = Duration.ofSeconds(1);
    private static final String JSON = "application/json";

    private final ClosingSignal closing;

    AnswerStream(ClosingSignal closing) {
        this.closing = closing;
    }

    void send(HttpExchange exchange, Wire wire, Answer answer) throws IOException {
        if (answer instanceof Answer.Text text) {
            stream(exchange, Sse.CONTENT_TYPE, wire.text(text.text()), text.pace());
        } else if (answer instanceof Answer.ToolCall call) {
            stream(exchange, Sse.CONTENT_TYPE, wire.toolCall(call.shellCommand()), call.pace());
        } else if (answer instanceof Answer.HttpError error) {
            fail(exchange, error.status(), wire.error(error));
        } else if (answer instanceof Answer.Hang) {
            hang(exchange, wire.opening());
        } else if (answer instanceof Answer.Reset) {
            exchange.close(); // before any header: the connection is closed without a byte
        } else {
            throw new AssertionError("unknown answer " + answer);
        }
    }

    void send(HttpExchange exchange, ModelCall.Aside aside) throws IOException {
        stream(exchange, aside.contentType(), aside.chunks(), Duration.ZERO);
    }

    void fail(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        begin(exchange, status, JSON, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private void stream(HttpExchange exchange, String contentType, List<String> chunks, Duration pace)
            throws IOException {
        OutputStream body = begin(exchange, 200, contentType, 0);
        boolean first = true;
        for (String chunk : chunks) {
            if (!first && !pace.isZero() && !closing.pause(pace)) {
                return;
            }
            write(body, chunk);
            first = false;
        }
    }

    /** Ends when the server closes or when writing fails because the client has gone. */
    private void hang(HttpExchange exchange, String opening) throws IOException {
        OutputStream body = begin(exchange, 200, Sse.CONTENT_TYPE, 0);
        write(body, opening);
        while (closing.pause(HEARTBEAT)) {
            write(body, Sse.COMMENT);
        }
    }

    /** A length of 0 means unknown, which the JDK's server sends in chunks. */
    private static OutputStream begin(HttpExchange exchange, int status, String contentType, long length)
            throws IOException {
        exchange.getResponseHeaders().set("Content-Type", contentType);
        exchange.getResponseHeaders().set("Cache-Control", "no-cache");
        exchange.getResponseHeaders().set("Connection", "close");
        exchange.sendResponseHeaders(status, length);
        return exchange.getResponseBody();
    }

    private static void write(OutputStream body, String text) throws IOException {
        body.write(text.getBytes(StandardCharsets.UTF_8));
        body.flush();
    }
}
