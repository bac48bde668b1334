package skillrunner.mcp.bridge;

import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import skillrunner.application.background.Bell;
import skillrunner.client.Download;

/** Listens for what the server says unasked, as long as there is an agent to be told. Used by one thread. */
final class Ear {
    private static final Duration ALWAYS = Duration.ofDays(3650);

    private final ServerDoor door;
    private final Greeting greeting;
    private final Passage passage;
    private final AgentPipe agent;
    private final Consumer<String> notes;
    private final Countdown pauses;
    private boolean lost;

    Ear(ServerDoor door, Greeting greeting, Passage passage, AgentPipe agent, Consumer<String> notes, Bell bell) {
        this.door = Objects.requireNonNull(door);
        this.greeting = Objects.requireNonNull(greeting);
        this.passage = Objects.requireNonNull(passage);
        this.agent = Objects.requireNonNull(agent);
        this.notes = Objects.requireNonNull(notes);
        this.pauses = new Countdown(() -> ALWAYS, bell);
    }

    void listen() {
        try {
            while (!agent.isGone()) {
                ServerDoor.Session present = greeting.session();
                if (present == null) {
                    return;
                }
                listenOnce(present);
                pauses.pause();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void listenOnce(ServerDoor.Session present) throws InterruptedException {
        try (Download answer = door.listen(present, Optional.empty())) {
            lost = false;
            if (answer.status() == ServerDoor.OK && ServerDoor.isStream(answer)) {
                passage.pass(answer, null, null, pauses::renew);
            } else if (answer.status() == ServerDoor.NOT_FOUND) {
                greeting.again(present);
            }
        } catch (IOException e) {
            // Once is enough: a server may be away for long.
            if (!lost && !agent.isGone()) {
                notes.accept(door.unreachable(e));
            }
            lost = true;
        } catch (RefusedByServerException e) {
            notes.accept(String.valueOf(e.getMessage()));
        }
    }
}
