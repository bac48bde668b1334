package skillrunner.http.run;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Objects;
import skillrunner.application.run.ListRuns;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.run.RequestId;
import skillrunner.http.load.Load;

/** {@code /v1/management/runs}: what a person who looks after runs needs. */
public final class RunManagementRoutes {
    private final JobUseCases jobs;
    private final ListRuns list;

    /**
     * Takes its collaborators.
     *
     * @param jobs what the routes call
     * @param list lists runs
     */
    public RunManagementRoutes(JobUseCases jobs, ListRuns list) {
        this.jobs = Objects.requireNonNull(jobs);
        this.list = Objects.requireNonNull(list);
    }

    /**
     * Registers the routes.
     *
     * @param routes where
     */
    public void register(RoutesConfig routes) {
        routes.get("/v1/management/runs", this::list, Load.LIST);
        routes.get("/v1/management/runs/{request_id}", this::run);
        routes.post("/v1/management/runs/{request_id}/cancel", this::cancel);
    }

    private void list(Context ctx) {
        ctx.json(RunStateJson.Listed.of(list.newest(limit(ctx))));
    }

    private void run(Context ctx) {
        ctx.json(RunStateJson.Detailed.of(jobs.find().details(RequestPath.id(ctx))));
    }

    private void cancel(Context ctx) {
        RequestId request = RequestPath.id(ctx);
        ctx.json(JobJson.Canceled.of(request, jobs.cancel().cancel(request)));
    }

    private static int limit(Context ctx) {
        String text = ctx.queryParam("limit");
        if (text == null) {
            return ListRuns.DEFAULT_LIMIT;
        }
        int limit = text.matches("\\d{1,5}") ? Integer.parseInt(text) : 0;
        if (limit < 1 || limit > ListRuns.MAX_LIMIT) {
            throw RefusedException.invalid("/limit", "must be a whole number from 1 to " + ListRuns.MAX_LIMIT);
        }
        return limit;
    }
}
