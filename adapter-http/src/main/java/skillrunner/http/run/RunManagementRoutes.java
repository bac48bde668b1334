package skillrunner.http.run;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Objects;
import skillrunner.application.run.FindRun;
import skillrunner.application.run.Runs;
import skillrunner.domain.problem.RefusedException;
import skillrunner.http.load.Load;

/** {@code /v1/management/runs}: what a person who looks after runs needs. */
public final class RunManagementRoutes {
    static final int DEFAULT_LIMIT = 200;
    private static final int MAX_LIMIT = 1000;

    private final JobUseCases jobs;
    private final Runs runs;

    /**
     * Takes its collaborators.
     *
     * @param jobs what the routes call
     * @param runs lists runs
     */
    public RunManagementRoutes(JobUseCases jobs, Runs runs) {
        this.jobs = Objects.requireNonNull(jobs);
        this.runs = Objects.requireNonNull(runs);
    }

    /**
     * Registers the routes.
     *
     * @param routes where
     */
    public void register(RoutesConfig routes) {
        routes.get("/v1/management/runs", ctx -> ctx.json(list(limit(ctx))), Load.LIST);
        routes.get("/v1/management/runs/{request_id}", ctx -> ctx.json(state(ctx)));
        routes.post(
                "/v1/management/runs/{request_id}/cancel",
                ctx -> ctx.json(JobJson.Canceled.of(
                        JobRoutes.requestId(ctx), jobs.cancel().cancel(JobRoutes.requestId(ctx)))));
    }

    RunStateJson.Listed list(int limit) {
        return new RunStateJson.Listed(
                runs.newest(limit).stream().map(RunStateJson::of).toList());
    }

    RunStateJson.Detailed state(Context ctx) {
        return state(jobs.find().find(JobRoutes.requestId(ctx)));
    }

    RunStateJson.Detailed state(FindRun.Found found) {
        return RunStateJson.Detailed.of(
                RunStateJson.of(found.request().id(), found.request().createdAt(), found.run()),
                jobs.find().isolation(found.run()).orElse(null),
                jobs.find().milestones(found.run()),
                jobs.find().receipt(found.run()).orElse(null));
    }

    private static int limit(Context ctx) {
        String text = ctx.queryParam("limit");
        if (text == null) {
            return DEFAULT_LIMIT;
        }
        int limit = text.matches("\\d{1,5}") ? Integer.parseInt(text) : 0;
        if (limit < 1 || limit > MAX_LIMIT) {
            throw RefusedException.invalid("/limit", "must be a whole number from 1 to " + MAX_LIMIT);
        }
        return limit;
    }
}
