package skillrunner.http.run;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skillrunner.application.run.FindRun;
import skillrunner.application.run.output.ReadRunLogs;
import skillrunner.application.run.result.RunArtifacts;
import skillrunner.application.storage.StoredBytes;
import skillrunner.application.storage.UnavailableException;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.run.RequestId;
import skillrunner.domain.run.RequestKind;
import skillrunner.http.load.Answers;
import skillrunner.http.load.JsonPieces;
import skillrunner.http.load.Load;

/**
 * What can be asked of a run once it exists, but for its status and its stream of events: the same under the address of every
 * kind of request.
 */
public final class RunRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(RunRoutes.class);

    private final JobUseCases jobs;
    private final RunLookup lookup;

    public RunRoutes(JobUseCases jobs, RunLookup lookup) {
        this.jobs = Objects.requireNonNull(jobs);
        this.lookup = Objects.requireNonNull(lookup);
    }

    /**
     * Registers the routes.
     *
     * @param routes where
     */
    public void register(RoutesConfig routes) {
        for (RequestKind kind : RequestKind.values()) {
            String run = RunAddress.ofEach(kind);
            routes.get(run + "/result", of(kind, this::result));
            routes.get(run + "/artifacts", of(kind, this::artifacts), Load.LIST);
            routes.get(run + "/artifacts/<artifact_path>", of(kind, this::artifact));
            routes.get(run + "/logs", of(kind, this::logs));
            routes.post(run + "/cancel", of(kind, this::cancel));
        }
    }

    /** Answers for a run that was found. */
    private interface Answer {
        void give(Context ctx, FindRun.Found found) throws IOException;
    }

    private Handler of(RequestKind kind, Answer answer) {
        return ctx -> answer.give(ctx, lookup.find(kind, ctx));
    }

    private void result(Context ctx, FindRun.Found found) throws IOException {
        StoredBytes result = jobs.result().read(found.run(), JsonDocument::says);
        ctx.contentType("application/json");
        Answers.stream(
                ctx,
                new JsonPieces().member("request_id", found.request().id()).json("result", result.open(0)).stream());
    }

    private void artifacts(Context ctx, FindRun.Found found) {
        RunArtifacts.Listing listing = jobs.artifacts().list(found.run().id());
        ctx.json(new JobJson.Artifacts(
                found.request().id(), listing.paths(), !listing.complete(), listing.passedOver()));
    }

    private void artifact(Context ctx, FindRun.Found found) throws IOException {
        RunArtifacts.Artifact artifact = jobs.artifacts()
                .open(found.run().id(), ctx.pathParam("artifact_path"))
                .orElseThrow(RunRoutes::noArtifact);
        InputStream content;
        try {
            content = artifact.content().open();
        } catch (NoSuchFileException e) {
            // It went away, or became something else, between the two looks.
            throw noArtifact();
        }
        ctx.header("Content-Disposition", attachment(artifact.name()));
        ctx.contentType("application/octet-stream");
        // The framework names one for whatever it sends, and these are bytes.
        ctx.res().setCharacterEncoding(null);
        ctx.header("Content-Length", Long.toString(artifact.size()));
        Answers.stream(ctx, content);
    }

    private static RefusedException noArtifact() {
        return new RefusedException(ErrorCode.ARTIFACT_NOT_FOUND, "There is no such artifact");
    }

    private void logs(Context ctx, FindRun.Found found) throws IOException {
        ReadRunLogs.Logs logs = jobs.logs().read(found.run().id());
        JsonPieces document =
                new JsonPieces().member("request_id", found.request().id());
        try {
            add(document, logs);
        } catch (UnavailableException e) {
            document.stream().close();
            throw e;
        }
        ctx.contentType("application/json");
        Answers.stream(ctx, document.member("truncated", logs.truncated()).stream());
    }

    private static void add(JsonPieces document, ReadRunLogs.Logs logs) {
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
    }

    /** What went away is as good as absent. */
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

    private void cancel(Context ctx, FindRun.Found found) {
        RequestId request = found.request().id();
        ctx.json(JobJson.Canceled.of(request, jobs.cancel().cancel(request)));
    }

    /** A plain form for old clients and the exact name for the others (RFC 6266). */
    private static String attachment(String name) {
        String plain = name.replaceAll("[^A-Za-z0-9._-]", "_");
        String exact = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
        return "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + exact;
    }
}
