package skillrunner.http.run;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;
import skillrunner.application.run.FindRun;
import skillrunner.application.run.interaction.FindPending;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.run.RequestKind;
import skillrunner.domain.run.RunStatus;
import skillrunner.http.JsonBody;

/** What runs ask, and the answers: the same under the address of every kind of request and for whoever looks after runs. */
public final class InteractionRoutes {
    private final InteractionUseCases interactions;
    private final RunLookup lookup;

    public InteractionRoutes(InteractionUseCases interactions, RunLookup lookup) {
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
        FindPending.Pending pending = interactions.pending().find(look, patience(ctx));
        ctx.json(InteractionJson.Pending.of(RequestPath.id(ctx), pending));
    }

    private void reply(Context ctx, FindRun.Found found) {
        RunStatus status = interactions.answer().answer(found, InteractionBody.reply(JsonBody.of(ctx)));
        ctx.json(new InteractionJson.Accepted(found.request().id(), status, true));
    }

    private static Duration patience(Context ctx) {
        String text = ctx.queryParam("wait_seconds");
        if (text == null || text.isBlank()) {
            return Duration.ZERO;
        }
        if (text.matches("[0-9]{1,2}") && Integer.parseInt(text) <= FindPending.LONGEST_WAIT.toSeconds()) {
            return Duration.ofSeconds(Integer.parseInt(text));
        }
        throw RefusedException.invalid(
                "/wait_seconds", "must be a whole number from 0 to " + FindPending.LONGEST_WAIT.toSeconds());
    }
}
