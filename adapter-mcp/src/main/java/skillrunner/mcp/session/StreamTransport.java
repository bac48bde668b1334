package skillrunner.mcp.session;

import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpStreamableServerTransport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import reactor.core.publisher.Mono;

/** Puts what a session of the library says on a stream. Never waits for the client. Safe for concurrent use. */
final class StreamTransport implements McpStreamableServerTransport {
    private final MessageStream stream;
    private final McpJsonMapper json;
    private final AskedOfClient asked;

    StreamTransport(MessageStream stream, McpJsonMapper json, AskedOfClient asked) {
        this.stream = stream;
        this.json = json;
        this.asked = asked;
    }

    @Override
    public Mono<Void> sendMessage(McpSchema.JSONRPCMessage message, String messageId) {
        return sendMessage(message);
    }

    @Override
    public Mono<Void> sendMessage(McpSchema.JSONRPCMessage message) {
        return Mono.fromRunnable(() -> {
            boolean passing = message instanceof McpSchema.JSONRPCNotification notification
                    && notification.method().equals(McpSchema.METHOD_NOTIFICATION_PROGRESS);
            try {
                if (!(message instanceof McpSchema.JSONRPCNotification)) {
                    for (Object id : asked.withdrawn(stream.number())) {
                        stream.say(json.writeValueAsString(withdrawal(id)), false);
                    }
                }
                if (message instanceof McpSchema.JSONRPCRequest question) {
                    asked.asked(question.id(), stream.number());
                }
                stream.say(json.writeValueAsString(message), passing);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** A form that is still shown may be closed: it was decided elsewhere. */
    private static McpSchema.JSONRPCNotification withdrawal(Object id) {
        return new McpSchema.JSONRPCNotification(
                StreamableHttp.CANCELED, Map.of("requestId", id, "reason", "It was decided elsewhere"));
    }

    @Override
    public <T> T unmarshalFrom(Object data, TypeRef<T> typeRef) {
        return json.convertValue(data, typeRef);
    }

    @Override
    public Mono<Void> closeGracefully() {
        return Mono.fromRunnable(this::close);
    }

    @Override
    public void close() {
        stream.finish();
    }
}
