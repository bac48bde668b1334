package skillrunner.http.run;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import skillrunner.application.run.FindRun;
import skillrunner.application.run.output.FollowRun;
import skillrunner.application.run.output.StreamStart;
import skillrunner.domain.run.RequestKind;
import skillrunner.http.load.Load;

/** {@code events} under the address of every kind of request, and under management: the output of a run as server-sent events, live and from any offset. */
public final class EventRoutes {

    private final FollowRun followRun;
    private final RunLookup lookup;
    private final StreamConnections connections;

    /**
     * Takes its collaborators.
     *
     * @param followRun gives the frames
     * @param lookup finds runs
     * @param connections carries the streams
     */
    public EventRoutes(FollowRun followRun, RunLookup lookup, StreamConnections connections) {
        this.followRun = Objects.requireNonNull(followRun);
        this.lookup = Objects.requireNonNull(lookup);
        this.connections = Objects.requireNonNull(connections);
        connections.onBeat(followRun::lookAnew);
    }

    /**
     * Registers the routes.
     *
     * @param routes where
     */
    public void register(RoutesConfig routes) {
        for (RequestKind kind : RequestKind.values()) {
            routes.get(
                    RunAddress.ofEach(kind) + "/events", ctx -> events(ctx, () -> lookup.find(kind, ctx)), Load.LIGHT);
        }
        routes.get(
                "/v1/management/runs/{request_id}/events", ctx -> events(ctx, () -> lookup.findAny(ctx)), Load.LIGHT);
    }

    private void events(Context ctx, Supplier<FindRun.Found> named) {
        StreamStart asked = EventParameters.start(ctx);
        FindRun.Found found = named.get();
        Optional<StreamStart> resumed = EventParameters.resumed(ctx, asked);
        if (resumed.filter(has -> followRun.isComplete(found.run(), has)).isPresent()) {
            ctx.status(204);
            return;
        }
        StreamStart start = resumed.orElse(asked);
        connections.open(
                ctx,
                found.run().id(),
                "text/event-stream;charset=utf-8",
                wake -> new EventFeed(followRun.follow(found.request().id(), start, wake)));
    }
}
