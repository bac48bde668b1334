package skillrunner.http.run;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Optional;
import skillrunner.application.run.FindRun;
import skillrunner.application.run.admission.Acceptance;
import skillrunner.domain.run.IdempotencyKey;
import skillrunner.domain.run.RequestId;
import skillrunner.domain.run.RequestKind;
import skillrunner.http.JsonBody;
import skillrunner.http.MultipartFile;
import skillrunner.http.load.Load;

/** {@code /v1/jobs}: asking for a run of an installed skill; {@link RunRoutes} answer for the run. */
public final class JobRoutes {
    private final JobUseCases jobs;

    public JobRoutes(JobUseCases jobs) {
        this.jobs = Objects.requireNonNull(jobs);
    }

    /**
     * Registers the routes.
     *
     * @param routes where
     */
    public void register(RoutesConfig routes) {
        String request = RunAddress.ofEach(RequestKind.JOB);
        routes.post(RunAddress.of(RequestKind.JOB), this::create);
        routes.post(RunAddress.of(RequestKind.JOB) + "/explain", this::explain);
        routes.post(
                RunAddress.of(RequestKind.JOB) + "/cleanup",
                ctx -> ctx.json(JobJson.CleanedUp.of(jobs.remove().everything())));
        routes.post(request + "/upload", this::upload, Load.UPLOAD);
        routes.get(request, this::status);
    }

    private void create(Context ctx) {
        Optional<IdempotencyKey> key = IdempotencyHeader.read(ctx);
        Acceptance accepted = jobs.create().create(JobBody.command(JsonBody.of(ctx)), key);
        ctx.header("Location", RunAddress.of(RequestKind.JOB, accepted.request()));
        ctx.json(JobJson.Created.of(accepted));
    }

    private void explain(Context ctx) {
        ctx.json(ExplainJson.of(jobs.explain().explain(JobBody.command(JsonBody.of(ctx)))));
    }

    private void upload(Context ctx) throws IOException {
        RequestId request = RequestPath.id(ctx);
        try (InputStream archive = MultipartFile.open(ctx)) {
            ctx.json(JobJson.Uploaded.of(jobs.upload().upload(request, archive)));
        }
    }

    private void status(Context ctx) {
        FindRun.Found found = jobs.find().find(RequestPath.id(ctx), RequestKind.JOB);
        ctx.json(JobJson.Status.of(found, jobs.find()));
    }
}
