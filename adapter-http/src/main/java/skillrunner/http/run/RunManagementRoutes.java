package skillrunner.http.run;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Objects;
import skillrunner.application.engine.Engines;
import skillrunner.application.run.ListRuns;
import skillrunner.application.run.RunDetails;
import skillrunner.domain.run.RequestId;
import skillrunner.http.load.Load;

/** {@code /v1/management/runs}: what a person who looks after runs needs. */
public final class RunManagementRoutes {
    private final JobUseCases jobs;
    private final ListRuns list;
    private final Engines engines;

    public RunManagementRoutes(JobUseCases jobs, ListRuns list, Engines engines) {
        this.jobs = Objects.requireNonNull(jobs);
        this.list = Objects.requireNonNull(list);
        this.engines = Objects.requireNonNull(engines);
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
        ctx.json(RunStateJson.Listed.of(list.page(new RunQueryParameters(ctx, engines).read())));
    }

    private void run(Context ctx) {
        RunDetails details = jobs.find().details(RequestPath.id(ctx));
        ctx.json(RunStateJson.Detailed.of(
                details,
                list.queuePosition(details.run()).orElse(null),
                jobs.find().stall(details.run())));
    }

    private void cancel(Context ctx) {
        RequestId request = RequestPath.id(ctx);
        ctx.json(JobJson.Canceled.of(request, jobs.cancel().cancel(request)));
    }
}
