package skillrunner.http.run;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import skillrunner.application.run.FindRun;
import skillrunner.application.run.interaction.FindPending;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.run.RequestKind;
import skillrunner.domain.run.RunStatus;
import skillrunner.http.JsonBody;
import skillrunner.http.load.Bodies;

/** What runs ask, and the answers: the same under the address of every kind of request and for whoever looks after runs. */
public final class InteractionRoutes {
    /** So many wait at once; whoever comes then is answered at once. */
    private static final int MOST_WAITING = 2_000;

    private final InteractionUseCases interactions;
    private final RunLookup lookup;
    private final LongPolls polls;

    /**
     * Takes its collaborators.
     *
     * @param interactions what is done with questions
     * @param lookup finds runs
     * @param connections carries those who wait for a question
     */
    public InteractionRoutes(InteractionUseCases interactions, RunLookup lookup, StreamConnections connections) {
        this.polls = connections.longPolls();
        this.interactions = Objects.requireNonNull(interactions);
        this.lookup = Objects.requireNonNull(lookup);
    }

    /**
     * Registers the routes.
     *
     * @param routes where
     */
    public void register(RoutesConfig routes) {
        for (RequestKind kind : RequestKind.values()) {
            String run = RunAddress.ofEach(kind) + "/interaction";
            routes.get(run + "/pending", ctx -> pending(ctx, () -> lookup.find(kind, ctx)));
            routes.post(run + "/reply", ctx -> reply(ctx, lookup.find(kind, ctx)));
        }
        String managed = "/v1/management/runs/{request_id}";
        routes.get(managed + "/pending", ctx -> pending(ctx, () -> lookup.findAny(ctx)));
        routes.post(managed + "/reply", ctx -> reply(ctx, lookup.findAny(ctx)));
    }

    private void pending(Context ctx, Supplier<FindRun.Found> look) {
        Duration patience = patience(ctx);
        FindRun.Found found = look.get();
        FindPending.Pending first = interactions.pending().find(found);
        if (first.isWorthTelling() || patience.isZero() || polls.waiting() >= MOST_WAITING) {
            tell(ctx, first);
            return;
        }
        Bodies.letGo(ctx);
        CompletableFuture<@Nullable Void> news = polls.await(
                patience,
                wake -> interactions.pending().watch(found.run().id(), wake),
                () -> interactions.pending().find(look.get()).isWorthTelling());
        ctx.future(() ->
                news.thenAccept(nothing -> tell(ctx, interactions.pending().find(look.get()))));
    }

    private static void tell(Context ctx, FindPending.Pending pending) {
        ctx.json(InteractionJson.Pending.of(RequestPath.id(ctx), pending));
    }

    private void reply(Context ctx, FindRun.Found found) {
        RunStatus status = interactions.answer().answer(found, InteractionBody.reply(JsonBody.of(ctx)));
        ctx.json(new InteractionJson.Accepted(found.request().id(), status, true));
    }

    private static Duration patience(Context ctx) {
        String text = ctx.queryParam("wait_seconds");
        if (text == null) {
            return Duration.ZERO;
        }
        if (text.matches("[0-9]{1,2}") && Integer.parseInt(text) <= FindPending.LONGEST_WAIT.toSeconds()) {
            return Duration.ofSeconds(Integer.parseInt(text));
        }
        throw RefusedException.invalid(
                "/wait_seconds", "must be a whole number from 0 to " + FindPending.LONGEST_WAIT.toSeconds());
    }
}
