package skillrunner.http.agent;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import skillrunner.http.access.OriginGuard;
import skillrunner.http.load.Bodies;
import skillrunner.http.load.Load;
import skillrunner.http.run.StreamConnections;
import skillrunner.http.run.StreamFeed;

/** {@code /mcp}: skills as tools, by the Model Context Protocol over Streamable HTTP. */
public final class AgentRoutes {
    private static final String ADDRESS = "/mcp";

    /** A comment: clients read it and pass over it. */
    private static final byte[] SIGN_OF_LIFE = ": \n\n".getBytes(StandardCharsets.UTF_8);

    private final AgentDoor door;
    private final StreamConnections streams;

    /**
     * Takes its collaborators.
     *
     * @param door answers
     * @param streams carries what comes piece by piece
     */
    public AgentRoutes(AgentDoor door, StreamConnections streams) {
        this.door = Objects.requireNonNull(door);
        this.streams = Objects.requireNonNull(streams);
    }

    /**
     * Registers the routes.
     *
     * @param routes where
     */
    public void register(RoutesConfig routes) {
        routes.get(ADDRESS, this::answer, Load.LIGHT);
        routes.post(ADDRESS, this::answer);
        routes.delete(ADDRESS, this::answer, Load.LIGHT);
    }

    private void answer(Context ctx) {
        // Whoever may listen may also be told what a page of another site must not see.
        OriginGuard.refuseForeign(ctx);
        // Before anything is begun whose answer could not be sent.
        streams.refuseIfFull();
        String method = ctx.req().getMethod();
        AgentDoor.Reply reply = door.answer(
                method.equals("HEAD") ? "GET" : method,
                name -> Optional.ofNullable(ctx.header(name)),
                Bodies.bytes(ctx));
        if (reply instanceof AgentDoor.Whole whole) {
            ctx.status(whole.status());
            whole.headers().forEach(ctx::header);
            if (whole.json().length > 0) {
                ctx.contentType("application/json");
                ctx.result(whole.json());
            }
            return;
        }
        // A call may last for hours, and holds nothing of its body meanwhile.
        Bodies.letGo(ctx);
        streams.open(
                ctx, wakeUp -> new Feed(((AgentDoor.Streamed) reply).opening().apply(wakeUp)));
    }

    private record Feed(AgentDoor.Events events) implements StreamFeed {
        @Override
        public Optional<byte[]> next() {
            return events.next();
        }

        @Override
        public boolean hasBacklog() {
            // To look costs nothing.
            return true;
        }

        @Override
        public boolean finished() {
            return events.finished();
        }

        @Override
        public byte[] heartbeat(Instant now) {
            return SIGN_OF_LIFE.clone();
        }

        @Override
        public void close() {
            events.close();
        }
    }
}
