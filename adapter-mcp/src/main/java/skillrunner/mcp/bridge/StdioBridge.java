package skillrunner.mcp.bridge;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import skillrunner.application.background.BackgroundTasks;
import skillrunner.application.background.IdSource;
import skillrunner.client.Credentials;
import skillrunner.client.Download;

/**
 * Carries messages between an agent that talks over pipes and a server that is reached over HTTP. Nothing but messages is written to the
 * output. A server that is gone for a while, or was restarted, is found again: the greeting is repeated, and every call has a key under which it is
 * made again without starting anything twice. The thread that reads what the agent says waits for nothing else, so that the agent's end
 * is always noticed. Used once.
 */
public final class StdioBridge {
    private final LineReader in;
    private final Consumer<String> notes;
    private final BackgroundTasks background;
    private final IdSource ids;
    private final Patience patience;
    private final Messages messages = new Messages();
    private final ServerDoor door;
    private final AgentPipe agent;
    private final Greeting greeting;
    private final Passage passage;
    private final Map<Object, CarriedRequest> onTheWay = new ConcurrentHashMap<>();
    private final AtomicLong requests = new AtomicLong();
    private final AtomicBoolean listening = new AtomicBoolean();

    /**
     * Takes both ends.
     *
     * @param server the server's address
     * @param credentials who the agent's user is for the server, if it wants to know
     * @param in what the agent says
     * @param out what the agent is told
     * @param notes is told what people may want to know
     * @param background gives threads
     * @param ids names calls
     * @throws IllegalArgumentException if the address is none of a server
     */
    public StdioBridge(
            URI server,
            Optional<Credentials> credentials,
            InputStream in,
            OutputStream out,
            Consumer<String> notes,
            BackgroundTasks background,
            IdSource ids) {
        this(server, credentials, in, out, notes, background, ids, Patience.USUAL);
    }

    StdioBridge(
            URI server,
            Optional<Credentials> credentials,
            InputStream in,
            OutputStream out,
            Consumer<String> notes,
            BackgroundTasks background,
            IdSource ids,
            Patience patience) {
        this.in = new LineReader(in);
        this.notes = Objects.requireNonNull(notes);
        this.background = Objects.requireNonNull(background);
        this.ids = Objects.requireNonNull(ids);
        this.patience = Objects.requireNonNull(patience);
        this.door = new ServerDoor(server, credentials, messages);
        this.agent = new AgentPipe(out, messages);
        this.greeting = new Greeting(door, messages, notes);
        this.passage = new Passage(agent, messages, notes);
    }

    /**
     * Carries messages until the agent closes its end. Runs go on.
     *
     * @throws IOException if the agent's end can't be read
     * @throws InterruptedException if the thread is interrupted
     */
    public void run() throws IOException, InterruptedException {
        try {
            for (Optional<String> line = in.next(); line.isPresent() && !agent.isGone(); line = in.next()) {
                if (!line.get().isEmpty()) {
                    take(line.get());
                }
            }
        } finally {
            agent.end();
            leave();
        }
    }

    private void take(String line) {
        Optional<Map<String, @Nullable Object>> read = messages.read(line);
        if (read.isEmpty()) {
            agent.say(Messages.failure(null, Messages.PARSE, "The line is no JSON-RPC message"));
            return;
        }
        Map<String, @Nullable Object> message = read.get();
        Object id = message.get("id");
        Object method = message.get(Messages.METHOD);
        if (method == null || id == null) {
            if ("notifications/cancelled".equals(method)) {
                takeBack(message);
            } else {
                start("mcp-note", () -> note(message));
            }
            if ("notifications/initialized".equals(method) && listening.compareAndSet(false, true)) {
                background.submit(
                        "mcp-listen", () -> new Ear(door, greeting, passage, agent, notes, background.bell()).listen());
            }
        } else if (method.equals("initialize")) {
            greeting.begin(message);
            start("mcp-greeting", () -> greet(message, id));
        } else {
            carry(Messages.keyed(message, ids.next()), id);
        }
    }

    private void greet(Map<String, @Nullable Object> message, Object id) throws InterruptedException {
        try {
            agent.say(answer(message, id));
        } finally {
            greeting.end();
        }
    }

    private Map<String, @Nullable Object> answer(Map<String, @Nullable Object> message, Object id)
            throws InterruptedException {
        Countdown left = countdown();
        boolean told = false;
        String reason;
        do {
            try {
                return Messages.named(greeting.open(message), id);
            } catch (IOException e) {
                reason = door.unreachable(e);
            } catch (RefusedByServerException e) {
                return Messages.failure(id, Messages.UNREACHABLE, String.valueOf(e.getMessage()));
            }
            if (!told) {
                told = true;
                notes.accept(reason);
            }
        } while (!agent.isGone() && left.pause());
        return Messages.failure(id, Messages.UNREACHABLE, reason);
    }

    private void carry(Map<String, @Nullable Object> message, Object id) {
        CarriedRequest request = new CarriedRequest(
                door, greeting, passage, agent, messages, countdown(), message, id, "r" + requests.incrementAndGet());
        // Here, so that whatever the agent says next finds it.
        onTheWay.put(id, request);
        start("mcp-request", () -> {
            try {
                request.carry();
            } finally {
                onTheWay.remove(id, request);
            }
        });
    }

    private Countdown countdown() {
        return new Countdown(() -> door.wasReached() ? patience.later() : patience.first(), background.bell());
    }

    private void takeBack(Map<String, @Nullable Object> message) {
        Object id = message.get("params") instanceof Map<?, ?> params ? params.get("requestId") : null;
        CarriedRequest request = id == null ? null : onTheWay.get(id);
        if (request != null) {
            request.takeBack(message).ifPresent(note -> start("mcp-note", () -> note(note)));
        }
    }

    /** Sends what is not answered. */
    private void note(Map<String, @Nullable Object> message) throws InterruptedException {
        try (Download taken = door.post(message, greeting.session())) {
            if (taken.status() != ServerDoor.ACCEPTED) {
                notes.accept("a message was not taken: " + door.refusal(taken.status(), ServerDoor.text(taken)));
            }
        } catch (IOException e) {
            notes.accept("a message was lost: " + door.unreachable(e));
        }
    }

    private void leave() throws InterruptedException {
        ServerDoor.Session present = greeting.present();
        if (present != null) {
            try {
                door.leave(present);
            } catch (IOException e) {
                notes.accept("the server was not told of the end: " + door.unreachable(e));
            }
        }
    }

    private interface Work {
        void done() throws InterruptedException;
    }

    private void start(String name, Work work) {
        background.submit(name, () -> {
            try {
                work.done();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }
}
