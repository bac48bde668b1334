package skillrunner.http.run;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import skillrunner.application.file.FilePreview;
import skillrunner.application.run.FindRun;
import skillrunner.application.run.file.BrowseRunFiles;
import skillrunner.application.run.output.RunOutput;
import skillrunner.application.run.result.RunArtifacts;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.run.OutputStreamKind;
import skillrunner.domain.run.RequestId;
import skillrunner.domain.run.RunId;
import skillrunner.http.file.FileQuery;
import skillrunner.http.file.PreviewView;
import skillrunner.http.file.RichContent;
import skillrunner.http.file.TreeView;
import skillrunner.http.legacy.LegacyRoutes;
import skillrunner.http.load.Answers;
import skillrunner.http.load.Load;
import skillrunner.http.page.Messages;
import skillrunner.http.page.Pages;
import skillrunner.http.page.VisibleText;

/** Parts of the page of a run that show its files, and old addresses of such parts. Asks what the management API asks. */
public final class RunFilePages {
    private static final String RUN = "/ui/management/runs/{request_id}";
    private static final String SECTION = "runs";
    private static final int TAIL_BYTES = 64 * 1024;

    private final JobUseCases jobs;
    private final BrowseRunFiles files;
    private final RunOutput output;
    private final Pages pages;
    private final LegacyRoutes legacy;

    public RunFilePages(JobUseCases jobs, BrowseRunFiles files, RunOutput output, Pages pages, LegacyRoutes legacy) {
        this.jobs = Objects.requireNonNull(jobs);
        this.files = Objects.requireNonNull(files);
        this.output = Objects.requireNonNull(output);
        this.pages = Objects.requireNonNull(pages);
        this.legacy = Objects.requireNonNull(legacy);
    }

    /**
     * Registers the routes.
     *
     * @param routes where
     */
    public void register(RoutesConfig routes) {
        routes.get(RUN + "/view", this::view, Load.LIST);
        routes.get(RUN + "/tree", this::tree, Load.LIST);
        routes.get(RUN + "/picture", this::picture);
        legacy.get(routes, "/ui/runs/{request_id}/view", RUN + "/view", this::view);
        legacy.get(routes, "/ui/runs/{request_id}/logs/tail", "/v1/management/runs/{request_id}/events", this::tail);
    }

    /** Shows the files of a run, and one of them if the query names it. */
    RunFilesView shown(Context ctx, RequestId request) {
        String path = FileQuery.path(ctx);
        TreeView tree = TreeView.of(files.files(request).tree(), RunFileAddresses.of(request.value()), path);
        return new RunFilesView(request.value(), tree, path.isBlank() ? null : preview(ctx, request, path));
    }

    private void view(Context ctx) {
        String path = FileQuery.path(ctx);
        pages.render(ctx, "file/preview.jte", path, SECTION, preview(ctx, RequestPath.id(ctx), path));
    }

    private void tree(Context ctx) {
        pages.render(ctx, "run/tree.jte", "", SECTION, shown(ctx, RequestPath.id(ctx)));
    }

    private PreviewView preview(Context ctx, RequestId request, String path) {
        Messages messages = pages.messages(ctx);
        FindRun.Found found = jobs.find().find(request);
        FilePreview preview = files.preview(request, path).preview();
        Optional<RunArtifacts.Artifact> artifact = artifact(found.run().id(), path);
        return PreviewView.of(path, preview, messages)
                .with(
                        preview.content()
                                .map(text -> RichContent.of(path, text))
                                .orElse(RichContent.NOTHING),
                        artifact.flatMap(Picture::of)
                                .map(picture -> RunFileAddresses.picture(request.value(), path))
                                .orElse(""),
                        artifact.map(it -> RunFileAddresses.download(
                                        RunAddress.of(found.request().kind(), request), path))
                                .orElse(""));
    }

    private Optional<RunArtifacts.Artifact> artifact(RunId run, String path) {
        return path.startsWith("artifacts/") ? jobs.artifacts().open(run, path) : Optional.empty();
    }

    /** A picture is shown as what its bytes say, whatever its name says. */
    private void picture(Context ctx) throws IOException {
        FindRun.Found found = jobs.find().find(RequestPath.id(ctx));
        RunArtifacts.Artifact artifact =
                artifact(found.run().id(), FileQuery.path(ctx)).orElseThrow(RunFilePages::notFound);
        Picture picture = Picture.of(artifact).orElseThrow(RunFilePages::notFound);
        ctx.contentType(picture.type());
        ctx.res().setCharacterEncoding(null);
        Answers.stream(ctx, artifact.content().open());
    }

    private static RefusedException notFound() {
        return new RefusedException(ErrorCode.FILE_NOT_FOUND, "There is no such picture");
    }

    private void tail(Context ctx) {
        FindRun.Found found = jobs.find().find(RequestPath.id(ctx));
        pages.render(
                ctx,
                "run/tail.jte",
                "",
                SECTION,
                new TailView(
                        found.request().id().value(),
                        !found.run().status().isTerminal(),
                        text(found.run().id(), OutputStreamKind.STDOUT),
                        text(found.run().id(), OutputStreamKind.STDERR)));
    }

    private String text(RunId run, OutputStreamKind stream) {
        return output.tail(run, stream, TAIL_BYTES)
                .map(tail -> VisibleText.of(tail.text()))
                .orElse("");
    }
}
