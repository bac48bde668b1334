package skillrunner.http.run;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skillrunner.application.run.FindRun;
import skillrunner.application.run.output.ReadRunLogs;
import skillrunner.application.run.result.RunArtifacts;
import skillrunner.application.storage.StoredBytes;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.run.IdempotencyKey;
import skillrunner.domain.run.RequestId;
import skillrunner.http.JsonBody;
import skillrunner.http.MultipartFile;
import skillrunner.http.load.Answers;
import skillrunner.http.load.JsonPieces;
import skillrunner.http.load.Load;

/** {@code /v1/jobs}, but for the stream of events. */
public final class JobRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(JobRoutes.class);

    private final JobUseCases jobs;

    /**
     * Takes its collaborators.
     *
     * @param jobs what the routes call
     */
    public JobRoutes(JobUseCases jobs) {
        this.jobs = Objects.requireNonNull(jobs);
    }

    /**
     * Registers the routes.
     *
     * @param routes where
     */
    public void register(RoutesConfig routes) {
        routes.post("/v1/jobs", this::create);
        routes.post("/v1/jobs/{request_id}/upload", this::upload, Load.UPLOAD);
        routes.get("/v1/jobs/{request_id}", this::status);
        routes.get("/v1/jobs/{request_id}/result", this::result);
        routes.get("/v1/jobs/{request_id}/artifacts", this::artifacts, Load.LIST);
        routes.get("/v1/jobs/{request_id}/artifacts/<artifact_path>", this::artifact);
        routes.get("/v1/jobs/{request_id}/logs", this::logs);
        routes.post("/v1/jobs/{request_id}/cancel", this::cancel);
    }

    private void create(Context ctx) {
        Optional<IdempotencyKey> key = IdempotencyHeader.read(ctx);
        ctx.json(JobJson.Created.of(jobs.create().create(JobBody.command(JsonBody.of(ctx)), key)));
    }

    private void upload(Context ctx) throws IOException {
        RequestId request = RequestPath.id(ctx);
        try (InputStream archive = MultipartFile.open(ctx)) {
            ctx.json(JobJson.Uploaded.of(jobs.upload().upload(request, archive)));
        }
    }

    private void status(Context ctx) {
        FindRun.Found found = jobs.find().find(RequestPath.id(ctx));
        ctx.json(JobJson.Status.of(found, jobs.find().receipt(found.run()).orElse(null)));
    }

    private void result(Context ctx) throws IOException {
        FindRun.Found found = jobs.find().find(RequestPath.id(ctx));
        StoredBytes result = jobs.result().read(found.run(), JsonDocument::says);
        ctx.contentType("application/json");
        Answers.stream(
                ctx,
                new JsonPieces().member("request_id", found.request().id()).json("result", result.open(0)).stream());
    }

    private void artifacts(Context ctx) {
        FindRun.Found found = jobs.find().find(RequestPath.id(ctx));
        RunArtifacts.Listing listing = jobs.artifacts().list(found.run().id());
        ctx.json(new JobJson.Artifacts(
                found.request().id(), listing.paths(), !listing.complete(), listing.passedOver()));
    }

    private void artifact(Context ctx) throws IOException {
        FindRun.Found found = jobs.find().find(RequestPath.id(ctx));
        RunArtifacts.Artifact artifact = jobs.artifacts()
                .open(found.run().id(), ctx.pathParam("artifact_path"))
                .orElseThrow(() -> new RefusedException(ErrorCode.ARTIFACT_NOT_FOUND, "There is no such artifact"));
        ctx.header("Content-Disposition", attachment(artifact.name()));
        ctx.contentType("application/octet-stream");
        ctx.header("Content-Length", Long.toString(artifact.size()));
        Answers.stream(ctx, artifact.content().open());
    }

    private void logs(Context ctx) {
        FindRun.Found found = jobs.find().find(RequestPath.id(ctx));
        ReadRunLogs.Logs logs = jobs.logs().read(found.run().id());
        JsonPieces document =
                new JsonPieces().member("request_id", found.request().id());
        add(document, "prompt", logs.prompt(), 0);
        add(
                document,
                "stdout",
                logs.stdout(),
                logs.stdout().map(ReadRunLogs.Logs::from).orElse(0L));
        add(
                document,
                "stderr",
                logs.stderr(),
                logs.stderr().map(ReadRunLogs.Logs::from).orElse(0L));
        ctx.contentType("application/json");
        Answers.stream(ctx, document.member("truncated", logs.truncated()).stream());
    }

    /** What can't be opened is as good as absent. */
    private static void add(JsonPieces document, String name, Optional<StoredBytes> text, long from) {
        if (text.isPresent()) {
            try {
                document.text(name, text.get().open(from));
                return;
            } catch (IOException e) {
                LOG.warn("{} can't be read: {}", name, e.toString());
            }
        }
        document.member(name, null);
    }

    private void cancel(Context ctx) {
        RequestId request = RequestPath.id(ctx);
        ctx.json(JobJson.Canceled.of(request, jobs.cancel().cancel(request)));
    }

    /** A plain form for old clients and the exact name for the others (RFC 6266). */
    private static String attachment(String name) {
        String plain = name.replaceAll("[^A-Za-z0-9._-]", "_");
        String exact = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
        return "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + exact;
    }
}
