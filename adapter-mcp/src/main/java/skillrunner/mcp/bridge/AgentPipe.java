package skillrunner.mcp.bridge;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the agent is told: a line for each message, and nothing else. Safe for concurrent use. */
final class AgentPipe {
    private final OutputStream out;
    private final Messages messages;
    private volatile boolean gone;

    AgentPipe(OutputStream out, Messages messages) {
        this.out = Objects.requireNonNull(out);
        this.messages = Objects.requireNonNull(messages);
    }

    void say(Map<String, ? extends @Nullable Object> message) {
        byte[] line = (messages.write(message) + "\n").getBytes(StandardCharsets.UTF_8);
        synchronized (out) {
            try {
                out.write(line);
                out.flush();
            } catch (IOException e) {
                gone = true;
            }
        }
    }

    /** Nobody is at the other end any more. */
    void end() {
        gone = true;
    }

    boolean isGone() {
        return gone;
    }
}
