package skillrunner.mcp.bridge;

import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import skillrunner.client.Download;

/** Passes on to the agent what the server says on its streams. Safe for concurrent use. */
final class Passage {
    private final AgentPipe agent;
    private final Messages messages;
    private final Consumer<String> notes;

    Passage(AgentPipe agent, Messages messages, Consumer<String> notes) {
        this.agent = Objects.requireNonNull(agent);
        this.messages = Objects.requireNonNull(messages);
        this.notes = Objects.requireNonNull(notes);
    }

    /**
     * What was passed on of a stream.
     *
     * @param answered whether the answer was among it
     * @param last names the last event
     */
    record Passed(boolean answered, Optional<String> last) {}

    /**
     * Passes on everything that a stream says; one that breaks is as good as one that ends.
     *
     * @param name what the server calls the request that it answers; null for none
     * @param id what the agent calls it
     * @param contact called at each sign of life
     */
    Passed pass(Download stream, @Nullable String name, @Nullable Object id, Runnable contact) {
        Optional<String> last = Optional.empty();
        try {
            EventReader events = new EventReader(stream.body(), contact);
            for (Optional<EventReader.Event> event = events.next(); event.isPresent(); event = events.next()) {
                last = event.get().id().isPresent() ? event.get().id() : last;
                Optional<Map<String, @Nullable Object>> message =
                        messages.read(event.get().data());
                if (message.isEmpty()) {
                    continue;
                }
                if (name != null
                        && name.equals(message.get().get("id"))
                        && !message.get().containsKey(Messages.METHOD)) {
                    agent.say(Messages.named(message.get(), id));
                    return new Passed(true, last);
                }
                agent.say(message.get());
            }
        } catch (IOException e) {
            if (!agent.isGone()) {
                notes.accept("a connection broke: " + e.getMessage());
            }
        }
        return new Passed(false, last);
    }
}
