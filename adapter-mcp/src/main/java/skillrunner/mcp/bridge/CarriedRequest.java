package skillrunner.mcp.bridge;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skillrunner.client.Download;

/**
 * A request of the agent on its way to an answer: made again and again if need be, each time under another name for the server, but always
 * under one key, so that nothing is started twice. Carried by one thread; taken back by any.
 */
final class CarriedRequest {
    /** What one more try came to. */
    private enum Outcome {
        DONE,
        NOT_YET
    }

    private final ServerDoor door;
    private final Greeting greeting;
    private final Passage passage;
    private final AgentPipe agent;
    private final Messages messages;
    private final Countdown left;
    private final Map<String, @Nullable Object> message;
    private final Object id;
    private final String name;
    private int tries;

    /** Why there is no answer yet. */
    private String reason = "";

    /** The server has begun to answer, so what was asked for may have been begun as well. */
    private boolean begun;

    private volatile @Nullable Map<String, @Nullable Object> takenBack;
    private volatile @Nullable String present;

    /**
     * @param left how long the server may give no sign of life
     * @param message what is asked
     * @param id what the agent calls it
     * @param name what it is called for the server, with a number for each try
     */
    CarriedRequest(
            ServerDoor door,
            Greeting greeting,
            Passage passage,
            AgentPipe agent,
            Messages messages,
            Countdown left,
            Map<String, @Nullable Object> message,
            Object id,
            String name) {
        this.door = Objects.requireNonNull(door);
        this.greeting = Objects.requireNonNull(greeting);
        this.passage = Objects.requireNonNull(passage);
        this.agent = Objects.requireNonNull(agent);
        this.messages = Objects.requireNonNull(messages);
        this.left = Objects.requireNonNull(left);
        this.message = Objects.requireNonNull(message);
        this.id = Objects.requireNonNull(id);
        this.name = Objects.requireNonNull(name);
    }

    /** Makes the request until it is answered, taken back, or there is no patience any more. */
    void carry() throws InterruptedException {
        greeting.session();
        left.renew();
        while (!agent.isGone() && (takenBack == null || begun)) {
            try {
                if (attempt() == Outcome.DONE) {
                    return;
                }
            } catch (IOException e) {
                reason = door.unreachable(e);
            } catch (RefusedByServerException e) {
                fail(String.valueOf(e.getMessage()));
                return;
            }
            if (!left.pause()) {
                fail(reason);
                return;
            }
        }
    }

    /** The agent does not want it any more. @return what the server is told, if it has heard of the request */
    Optional<Map<String, @Nullable Object>> takeBack(Map<String, @Nullable Object> note) {
        takenBack = note;
        return note();
    }

    private Optional<Map<String, @Nullable Object>> note() {
        Map<String, @Nullable Object> note = takenBack;
        String called = present;
        if (note == null || called == null || !(note.get("params") instanceof Map<?, ?> given)) {
            return Optional.empty();
        }
        Map<Object, @Nullable Object> params = new LinkedHashMap<>(given);
        params.put("requestId", called);
        Map<String, @Nullable Object> copy = new LinkedHashMap<>(note);
        copy.put("params", params);
        return Optional.of(copy);
    }

    private Outcome attempt() throws IOException, InterruptedException, RefusedByServerException {
        ServerDoor.Session session = greeting.session();
        String called = name + "-" + ++tries;
        present = called;
        try (Download answer = door.post(Messages.named(message, called), session)) {
            if (answer.status() == ServerDoor.NOT_FOUND) {
                greeting.again(session);
                reason = "The server forgets whom it has greeted";
                return Outcome.NOT_YET;
            }
            if (!ServerDoor.isStream(answer)) {
                return whole(answer);
            }
            begun = true;
            reason = "The server's answers end without an answer";
            return takenBack != null ? told(session) : follow(answer, session, called);
        }
    }

    private Outcome whole(Download answer) throws IOException, RefusedByServerException {
        String body = ServerDoor.text(answer);
        if (answer.status() == ServerDoor.BUSY) {
            reason = door.refusal(answer.status(), body);
            return Outcome.NOT_YET;
        }
        Optional<Map<String, @Nullable Object>> read = messages.read(body);
        if (read.isEmpty() || !read.get().containsKey("jsonrpc")) {
            throw new RefusedByServerException(door.refusal(answer.status(), body));
        }
        agent.say(Messages.named(read.get(), id));
        return Outcome.DONE;
    }

    /** Passes on a stream, and what follows it after each break. */
    private Outcome follow(Download answer, ServerDoor.@Nullable Session session, String called)
            throws IOException, InterruptedException {
        Passage.Passed passed = passage.pass(answer, called, id, left::renew);
        while (!passed.answered() && passed.last().isPresent() && session != null && takenBack == null) {
            try (Download rest = door.listen(session, passed.last())) {
                if (rest.status() != ServerDoor.OK || !ServerDoor.isStream(rest)) {
                    break;
                }
                passed = passage.pass(rest, called, id, left::renew);
            }
        }
        if (passed.answered()) {
            return Outcome.DONE;
        }
        return takenBack == null ? Outcome.NOT_YET : told(session);
    }

    /** Tells the server that the request is taken back; one that does not know the session any more has to be asked again first. */
    private Outcome told(ServerDoor.@Nullable Session session) throws IOException, InterruptedException {
        Optional<Map<String, @Nullable Object>> note = note();
        if (note.isEmpty()) {
            return Outcome.DONE;
        }
        try (Download taken = door.post(note.get(), session)) {
            return taken.status() == ServerDoor.ACCEPTED ? Outcome.DONE : Outcome.NOT_YET;
        }
    }

    private void fail(String sentence) {
        if (takenBack == null) {
            agent.say(Messages.failure(id, Messages.UNREACHABLE, sentence));
        }
    }
}
