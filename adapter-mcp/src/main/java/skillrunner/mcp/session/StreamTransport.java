package skillrunner.mcp.session;

import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpStreamableServerTransport;
import java.io.IOException;
import java.io.UncheckedIOException;
import reactor.core.publisher.Mono;

/** Puts what a session of the library says on a stream. Never waits for the client. Safe for concurrent use. */
final class StreamTransport implements McpStreamableServerTransport {
    private final MessageStream stream;
    private final McpJsonMapper json;

    StreamTransport(MessageStream stream, McpJsonMapper json) {
        this.stream = stream;
        this.json = json;
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
                stream.say(json.writeValueAsString(message), passing);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
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
