package skillrunner.http.run;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import skillrunner.application.run.FindRun;
import skillrunner.application.run.admission.Acceptance;
import skillrunner.domain.run.IdempotencyKey;
import skillrunner.domain.run.RequestId;
import skillrunner.domain.run.RequestKind;
import skillrunner.domain.run.TempRequest;
import skillrunner.http.JsonBody;
import skillrunner.http.load.Load;

/**
 * {@code /v1/temp-skill-runs}: asking for a run of a skill that comes with the request; {@link RunRoutes} answer for the run.
 */
public final class TempRunRoutes {
    private final TempRunUseCases temporary;
    private final FindRun findRun;

    public TempRunRoutes(TempRunUseCases temporary, FindRun findRun) {
        this.temporary = Objects.requireNonNull(temporary);
        this.findRun = Objects.requireNonNull(findRun);
    }

    /**
     * Registers the routes.
     *
     * @param routes where
     */
    public void register(RoutesConfig routes) {
        String request = RunAddress.ofEach(RequestKind.TEMP);
        routes.post(RunAddress.of(RequestKind.TEMP), this::create);
        routes.post(request + "/upload", this::upload, Load.UPLOAD);
        routes.get(request, this::status);
    }

    private void create(Context ctx) {
        Optional<IdempotencyKey> key = IdempotencyHeader.read(ctx);
        Acceptance accepted = temporary.create().create(TempRunBody.command(JsonBody.of(ctx)), key);
        ctx.header("Location", RunAddress.of(RequestKind.TEMP, accepted.request()));
        ctx.json(TempRunJson.Created.of(accepted));
    }

    private void upload(Context ctx) throws IOException {
        ctx.json(JobJson.Uploaded.of(TempSkillUpload.take(ctx, temporary)));
    }

    private void status(Context ctx) {
        RequestId request = RequestPath.id(ctx);
        Optional<TempRequest> waiting = temporary.find().waiting(request);
        if (waiting.isPresent()) {
            ctx.json(TempRunJson.Waiting.of(waiting.get()));
            return;
        }
        FindRun.Found found = temporary.find().run(request);
        ctx.json(JobJson.Status.of(found, findRun));
    }
}
