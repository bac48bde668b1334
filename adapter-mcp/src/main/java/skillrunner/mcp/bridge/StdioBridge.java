package skillrunner.mcp.bridge;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import skillrunner.application.background.BackgroundTasks;
import skillrunner.application.background.Bell;
import skillrunner.application.background.IdSource;

/**
 * Carries messages between an agent that talks over pipes and a server that is reached over HTTP. Nothing but messages is written to the
 * output. A server that is gone for a while, or was restarted, is found again: the greeting is repeated, and every call has a key under which it is
 * made again without starting anything twice. Used once.
 */
public final class StdioBridge {
    /** So long a request waits for a server that can't be reached. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    /** Servers give a sign of life far more often. */
    private static final Duration SILENCE = Duration.ofSeconds(30);

    private static final String METHOD = "method";
    private static final int LONGEST_REASON = 500;

    private final ServerDoor door;
    private final LineReader in;
    private final OutputStream out;
    private final Consumer<String> notes;
    private final BackgroundTasks background;
    private final IdSource ids;
    private final Duration patience;
    private final Messages messages = new Messages();
    private final Map<Object, String> onTheWay = new ConcurrentHashMap<>();
    private final Set<Object> canceled = ConcurrentHashMap.newKeySet();
    private final AtomicLong lastId = new AtomicLong();
    private final Object greeting = new Object();
    private @Nullable Map<String, @Nullable Object> greeted;
    private ServerDoor.@Nullable Session session;
    private boolean listening;
    private volatile boolean over;

    /**
     * Takes both ends.
     *
     * @param server the server's address
     * @param authorization value of the header of that name
     * @param in what the agent says
     * @param out what the agent is told
     * @param notes is told what people may want to know
     * @param background gives threads
     * @param ids names calls
     */
    public StdioBridge(
            URI server,
            Optional<String> authorization,
            InputStream in,
            OutputStream out,
            Consumer<String> notes,
            BackgroundTasks background,
            IdSource ids) {
        this(server, authorization, in, out, notes, background, ids, PATIENCE);
    }

    StdioBridge(
            URI server,
            Optional<String> authorization,
            InputStream in,
            OutputStream out,
            Consumer<String> notes,
            BackgroundTasks background,
            IdSource ids,
            Duration patience) {
        this.door = new ServerDoor(server, authorization);
        this.in = new LineReader(in);
        this.out = Objects.requireNonNull(out);
        this.notes = Objects.requireNonNull(notes);
        this.background = Objects.requireNonNull(background);
        this.ids = Objects.requireNonNull(ids);
        this.patience = patience;
    }

    /**
     * Carries messages until the agent closes its end. Runs go on.
     *
     * @throws IOException if the agent's end can't be read
     * @throws InterruptedException if the thread is interrupted
     */
    public void run() throws IOException, InterruptedException {
        try {
            for (Optional<String> line = in.next(); line.isPresent() && !over; line = in.next()) {
                if (!line.get().isEmpty()) {
                    take(line.get());
                }
            }
        } finally {
            over = true;
            leave();
        }
    }

    private void take(String line) throws InterruptedException {
        Optional<Map<String, @Nullable Object>> read = messages.read(line);
        if (read.isEmpty()) {
            say(Messages.failure(null, Messages.PARSE, "The line is no JSON-RPC message"));
            return;
        }
        Map<String, @Nullable Object> message = read.get();
        Object id = message.get("id");
        Object method = message.get(METHOD);
        if (method == null) {
            note(message);
        } else if (id == null) {
            if (method.equals("notifications/cancelled")) {
                cancel(message);
            } else {
                note(message);
            }
            if (method.equals("notifications/initialized")) {
                listen();
            }
        } else if (method.equals("initialize")) {
            greet(message, id);
        } else {
            Map<String, @Nullable Object> keyed = Messages.keyed(message, ids.next());
            background.submit("mcp-request", () -> request(keyed, id));
        }
    }

    private void greet(Map<String, @Nullable Object> message, Object id) throws InterruptedException {
        synchronized (greeting) {
            greeted = message;
            session = null;
        }
        Countdown left = new Countdown(patience);
        while (!over) {
            try {
                Map<String, @Nullable Object> answer = greetServer(message);
                say(Messages.named(answer, id));
                return;
            } catch (IOException e) {
                if (!left.pause(background.bell())) {
                    say(Messages.failure(id, Messages.UNREACHABLE, unreachable(e)));
                    return;
                }
            } catch (RefusedByServerException e) {
                say(Messages.failure(id, Messages.UNREACHABLE, String.valueOf(e.getMessage())));
                return;
            }
        }
    }

    /** Opens a session. */
    private Map<String, @Nullable Object> greetServer(Map<String, @Nullable Object> message)
            throws IOException, InterruptedException, RefusedByServerException {
        HttpResponse<InputStream> response = door.post(messages.write(message), null);
        String body = text(response);
        Optional<Map<String, @Nullable Object>> answer = messages.read(body);
        Optional<String> id = response.headers().firstValue("Mcp-Session-Id");
        if (response.statusCode() != 200 || answer.isEmpty()) {
            throw refused(response.statusCode(), body);
        }
        String version = answer.get().get("result") instanceof Map<?, ?> result
                        && result.get("protocolVersion") instanceof String text
                ? text
                : "2025-03-26";
        synchronized (greeting) {
            session = id.map(name -> new ServerDoor.Session(name, version)).orElse(null);
        }
        return answer.get();
    }

    /** Opens another session in the place of one that the server does not know any more. */
    private void greetAgain(ServerDoor.@Nullable Session gone)
            throws IOException, InterruptedException, RefusedByServerException {
        Map<String, @Nullable Object> first;
        synchronized (greeting) {
            if (!Objects.equals(session, gone)) {
                return;
            }
            first = greeted;
        }
        if (first == null) {
            throw new RefusedByServerException("The first message must be initialize");
        }
        greetServer(Messages.named(first, "again-" + lastId.incrementAndGet()));
        Map<String, @Nullable Object> done = new LinkedHashMap<>();
        done.put("jsonrpc", "2.0");
        done.put(METHOD, "notifications/initialized");
        door.post(messages.write(done), session()).body().close();
        notes.accept("the server was found again");
    }

    private ServerDoor.@Nullable Session session() {
        synchronized (greeting) {
            return session;
        }
    }

    /** Makes a request, again and again if need be, until it is answered. */
    private void request(Map<String, @Nullable Object> message, Object id) {
        Countdown left = new Countdown(patience);
        try {
            while (!over && !canceled.contains(id)) {
                String name = "r" + lastId.incrementAndGet();
                onTheWay.put(id, name);
                ServerDoor.Session present = session();
                try {
                    HttpResponse<InputStream> response =
                            door.post(messages.write(Messages.named(message, name)), present);
                    left = new Countdown(patience);
                    if (response.statusCode() == 404) {
                        text(response);
                        greetAgain(present);
                    } else if (answered(response, present, name, id)) {
                        return;
                    }
                } catch (IOException e) {
                    if (!left.pause(background.bell())) {
                        say(Messages.failure(id, Messages.UNREACHABLE, unreachable(e)));
                        return;
                    }
                } catch (RefusedByServerException e) {
                    say(Messages.failure(id, Messages.UNREACHABLE, String.valueOf(e.getMessage())));
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            onTheWay.remove(id);
            canceled.remove(id);
        }
    }

    /** Passes on what answers a request. @return false if the answer was cut off, so that it must be asked for again */
    private boolean answered(
            HttpResponse<InputStream> response, ServerDoor.@Nullable Session present, String name, Object id)
            throws IOException, InterruptedException, RefusedByServerException {
        if (!isStream(response)) {
            String body = text(response);
            Optional<Map<String, @Nullable Object>> answer = messages.read(body);
            if (response.statusCode() == 503) {
                throw new IOException("the server is busy");
            }
            if (answer.isEmpty() || !answer.get().containsKey("jsonrpc")) {
                throw refused(response.statusCode(), body);
            }
            say(Messages.named(answer.get(), id));
            return true;
        }
        Passed passed = pass(response, name, id);
        while (!passed.answered() && passed.last().isPresent() && present != null && !canceled.contains(id)) {
            HttpResponse<InputStream> rest = door.listen(present, passed.last());
            if (rest.statusCode() != 200 || !isStream(rest)) {
                rest.body().close();
                return false;
            }
            Passed more = pass(rest, name, id);
            if (!more.answered() && more.last().isEmpty()) {
                return false;
            }
            passed = more;
        }
        return passed.answered() || canceled.contains(id);
    }

    /**
     * What was passed on of a stream.
     *
     * @param answered whether the answer was among it
     * @param last names the last event
     */
    private record Passed(boolean answered, Optional<String> last) {}

    /** Passes on everything that a stream says; one that breaks is as good as one that ends. */
    private Passed pass(HttpResponse<InputStream> response, @Nullable String name, @Nullable Object id) {
        Optional<String> last = Optional.empty();
        AtomicLong contact = new AtomicLong(System.nanoTime());
        AtomicBoolean ended = new AtomicBoolean();
        try (InputStream body = response.body()) {
            EventReader events = new EventReader(body, () -> contact.set(System.nanoTime()));
            watch(body, contact, ended);
            for (Optional<EventReader.Event> event = events.next(); event.isPresent(); event = events.next()) {
                last = event.get().id().isPresent() ? event.get().id() : last;
                Optional<Map<String, @Nullable Object>> message =
                        messages.read(event.get().data());
                if (message.isEmpty()) {
                    continue;
                }
                if (name != null
                        && name.equals(message.get().get("id"))
                        && !message.get().containsKey(METHOD)) {
                    say(Messages.named(message.get(), id));
                    return new Passed(true, last);
                }
                say(message.get());
            }
        } catch (IOException e) {
            notes.accept("a connection broke: " + e.getMessage());
        } finally {
            ended.set(true);
        }
        return new Passed(false, last);
    }

    /** A connection that is silent is cut, for nobody else would notice that the other side is gone. */
    private void watch(InputStream body, AtomicLong contact, AtomicBoolean ended) {
        background.submitAfter(SILENCE, "mcp-silence", () -> {
            if (over || ended.get()) {
                return;
            }
            if (System.nanoTime() - contact.get() > SILENCE.toNanos()) {
                try {
                    body.close();
                } catch (IOException e) {
                    notes.accept("a silent connection could not be cut: " + e.getMessage());
                }
            } else {
                watch(body, contact, ended);
            }
        });
    }

    private void cancel(Map<String, @Nullable Object> message) throws InterruptedException {
        Object id = message.get("params") instanceof Map<?, ?> params ? params.get("requestId") : null;
        String name = id == null ? null : onTheWay.get(id);
        if (id == null || name == null) {
            return;
        }
        canceled.add(id);
        Map<Object, @Nullable Object> params = new LinkedHashMap<>((Map<?, ?>) message.get("params"));
        params.put("requestId", name);
        Map<String, @Nullable Object> copy = new LinkedHashMap<>(message);
        copy.put("params", params);
        note(copy);
    }

    /** Sends what is not answered. */
    private void note(Map<String, @Nullable Object> message) throws InterruptedException {
        try {
            door.post(messages.write(message), session()).body().close();
        } catch (IOException e) {
            notes.accept("a message was lost: " + e.getMessage());
        }
    }

    private void listen() {
        synchronized (greeting) {
            if (listening) {
                return;
            }
            listening = true;
        }
        background.submit("mcp-listen", this::listenOn);
    }

    private void listenOn() {
        Countdown pauses = new Countdown(Duration.ofDays(3650));
        try {
            while (!over) {
                ServerDoor.Session present = session();
                try {
                    if (present == null) {
                        return;
                    }
                    HttpResponse<InputStream> response = door.listen(present, Optional.empty());
                    if (response.statusCode() == 200 && isStream(response)) {
                        pauses = new Countdown(Duration.ofDays(3650));
                        pass(response, null, null);
                    } else {
                        text(response);
                        if (response.statusCode() == 404) {
                            greetAgain(present);
                        }
                    }
                } catch (IOException e) {
                    notes.accept("the server can't be reached: " + e.getMessage());
                } catch (RefusedByServerException e) {
                    notes.accept(String.valueOf(e.getMessage()));
                }
                pauses.pause(background.bell());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void leave() throws InterruptedException {
        ServerDoor.Session present = session();
        if (present != null) {
            try {
                door.leave(present);
            } catch (IOException e) {
                notes.accept("the server was not told of the end: " + e.getMessage());
            }
        }
    }

    private void say(Map<String, @Nullable Object> message) {
        byte[] line = (messages.write(message) + "\n").getBytes(StandardCharsets.UTF_8);
        synchronized (out) {
            try {
                out.write(line);
                out.flush();
            } catch (IOException e) {
                // The agent is gone; the next look for its words ends the bridge.
                over = true;
            }
        }
    }

    private String unreachable(IOException e) {
        return "The server at " + door.address() + " can't be reached: "
                + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
    }

    private RefusedByServerException refused(int status, String body) {
        Optional<Map<String, @Nullable Object>> problem = messages.read(body);
        Object reason = problem.map(it -> it.get("detail")).orElse(null);
        if (reason == null && problem.isPresent() && problem.get().get("error") instanceof Map<?, ?> error) {
            reason = error.get("message");
        }
        String words = reason == null ? "" : ": " + reason;
        return new RefusedByServerException("The server at " + door.address() + " answers " + status
                + words.substring(0, Math.min(words.length(), LONGEST_REASON)));
    }

    private static boolean isStream(HttpResponse<InputStream> response) {
        return response.headers().firstValue("Content-Type").orElse("").startsWith("text/event-stream");
    }

    private static String text(HttpResponse<InputStream> response) throws IOException {
        try (InputStream body = response.body()) {
            return new String(body.readNBytes(LineReader.LONGEST), StandardCharsets.UTF_8);
        }
    }

    /** Pauses that grow, as long as there is patience. */
    private static final class Countdown {
        private final long end;
        private Duration next = FIRST_PAUSE;

        private Countdown(Duration patience) {
            this.end = System.nanoTime() + patience.toNanos();
        }

        /** Waits a while. @return false if there is no patience any more */
        boolean pause(Bell bell) throws InterruptedException {
            if (System.nanoTime() - end >= 0) {
                return false;
            }
            bell.await(next);
            next = next.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? next.multipliedBy(2) : LONGEST_PAUSE;
            return true;
        }
    }
}
