package skillrunner.e2eclient.run;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skillrunner.e2eclient.backend.Backend;
import skillrunner.e2eclient.backend.BackendException;
import skillrunner.e2eclient.backend.Json;
import skillrunner.e2eclient.backend.Segment;
import skillrunner.e2eclient.page.Messages;
import skillrunner.e2eclient.page.Pages;
import skillrunner.e2eclient.page.StatusView;
import skillrunner.e2eclient.page.VisibleText;
import skillrunner.e2eclient.recording.Action;
import skillrunner.e2eclient.recording.Recordings;
import skillrunner.e2eclient.web.HeadAnswers;
import skillrunner.e2eclient.web.PathId;
import tools.jackson.databind.JsonNode;

/** What a run came to: its result, its artifacts, and everything it left file by file. */
public final class ResultPages {
    private static final String RESULT = "/runs/{" + PathId.REQUEST + "}/result";
    private static final int NOT_FOUND = 404;
    private static final int MOST_ROWS = 1_000;
    private static final int DEEPEST = 20;

    private final Backend backend;
    private final Recordings recordings;
    private final Pages pages;

    /**
     * Takes what it works with.
     *
     * @param backend the server
     * @param recordings where it is recorded that somebody looked
     * @param pages shows pages
     */
    public ResultPages(Backend backend, Recordings recordings, Pages pages) {
        this.backend = Objects.requireNonNull(backend);
        this.recordings = Objects.requireNonNull(recordings);
        this.pages = Objects.requireNonNull(pages);
    }

    /**
     * Registers the routes.
     *
     * @param routes where
     */
    public void register(RoutesConfig routes) {
        routes.get(RESULT, ctx -> show(ctx, ""));
        routes.get("/runs/{" + PathId.REQUEST + "}/bundle/view", ctx -> show(ctx, RunApi.path(ctx)));
    }

    private void show(Context ctx, String path) {
        String request = PathId.request(ctx);
        Messages messages = pages.messages(ctx);
        Optional<JsonNode> result = result(request);
        List<ResultView.Link> artifacts = artifacts(request);
        PreviewView preview =
                path.isEmpty() ? null : PreviewView.of(path, RunApi.preview(backend, request, path), messages);
        if (path.isEmpty() && !HeadAnswers.isWanted(ctx)) {
            recordings.add(
                    request,
                    Action.RESULT_READ,
                    true,
                    Json.object(),
                    Json.object().put("has_result", result.isPresent()).put("artifact_count", artifacts.size()));
        }
        pages.render(
                ctx,
                "result.jte",
                messages.text("result.title", request),
                RunPages.SECTION,
                view(request, result, artifacts, path, preview, messages));
    }

    private ResultView view(
            String request,
            Optional<JsonNode> result,
            List<ResultView.Link> artifacts,
            String path,
            @Nullable PreviewView preview,
            Messages messages) {
        List<ResultView.Entry> tree = new ArrayList<>();
        String treeNote = "";
        try {
            JsonNode files = RunApi.entries(backend, request);
            tree.addAll(tree(request, files, path));
            boolean partly = files.path("truncated").asBoolean(false)
                    || files.path("entries").size() > MOST_ROWS;
            treeNote = partly ? messages.text("result.tree.partly") : "";
        } catch (BackendException e) {
            treeNote = VisibleText.of(e.detail());
        }
        return new ResultView(
                request,
                result.flatMap(it -> Json.string(it, "status"))
                        .map(status -> StatusView.of(status, messages))
                        .orElse(null),
                result.map(it -> VisibleText.of(Json.pretty(it))).orElse(""),
                result.isPresent() ? "" : messages.text("result.none"),
                artifacts,
                tree,
                treeNote,
                preview);
    }

    /** Empty while the run goes on. @throws BackendException for anything else that is no result */
    private Optional<JsonNode> result(String request) {
        try {
            return Optional.ofNullable(
                    backend.get("/v1/jobs/" + request + "/result").get("result"));
        } catch (BackendException e) {
            if (e.status() == NOT_FOUND && e.code().equals("RESULT_NOT_FOUND")) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private List<ResultView.Link> artifacts(String request) {
        List<ResultView.Link> links = new ArrayList<>();
        try {
            for (JsonNode artifact :
                    backend.get("/v1/jobs/" + request + "/artifacts").path("artifacts")) {
                String path = artifact.asString("");
                if (path.startsWith("artifacts/") && links.size() < MOST_ROWS) {
                    links.add(new ResultView.Link(
                            VisibleText.of(path), "/runs/" + request + "/artifacts/" + Segment.encodePath(path)));
                }
            }
        } catch (BackendException e) {
            if (e.status() != NOT_FOUND) {
                throw e;
            }
        }
        return links;
    }

    private static List<ResultView.Entry> tree(String request, JsonNode files, String current) {
        List<ResultView.Entry> tree = new ArrayList<>();
        for (JsonNode entry : files.path("entries")) {
            if (tree.size() == MOST_ROWS) {
                break;
            }
            Json.string(entry, "rel_path").ifPresent(path -> {
                boolean folder = entry.path("is_dir").asBoolean(false);
                tree.add(new ResultView.Entry(
                        VisibleText.of(Json.string(entry, "name").orElse(path)),
                        folder ? "" : "/runs/" + request + "/bundle/view?path=" + Segment.encode(path),
                        Math.max(0, Math.min(DEEPEST, entry.path("depth").asInt(0))),
                        path.equals(current)));
            });
        }
        return tree;
    }
}
