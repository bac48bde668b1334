package skillrunner.e2eclient.run;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Objects;
import java.util.Set;
import skillrunner.e2eclient.backend.Backend;
import skillrunner.e2eclient.backend.BackendException;
import skillrunner.e2eclient.backend.Json;
import skillrunner.e2eclient.page.Messages;
import skillrunner.e2eclient.page.Pages;
import skillrunner.e2eclient.page.StatusView;
import skillrunner.e2eclient.page.VisibleText;
import skillrunner.e2eclient.recording.Recordings;
import skillrunner.e2eclient.web.PathId;
import tools.jackson.databind.JsonNode;

/** The runs that were started here, and the page that watches one. */
public final class RunPages {
    /** Entry of the navigation. */
    static final String SECTION = "runs";

    private static final Set<String> ENDED = Set.of("succeeded", "failed", "canceled");

    private final Backend backend;
    private final Recordings recordings;
    private final Pages pages;

    /**
     * Takes what it works with.
     *
     * @param backend the server
     * @param recordings what was done here
     * @param pages shows pages
     */
    public RunPages(Backend backend, Recordings recordings, Pages pages) {
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
        routes.get("/runs", this::list);
        routes.get("/runs/{" + PathId.REQUEST + "}", this::run);
    }

    private void list(Context ctx) {
        Messages messages = pages.messages(ctx);
        Recordings.Listing found = recordings.list(PagerView.asked(ctx), PagerView.ROWS);
        LiveStates states = LiveStates.ask(backend);
        RunListView view = new RunListView(
                found.shown().stream()
                        .map(recording -> {
                            LiveStates.State state = states.of(recording.requestId());
                            return new RunListView.Row(
                                    VisibleText.of(recording.requestId()),
                                    PathId.isId(recording.requestId()) ? "/runs/" + recording.requestId() : "",
                                    RecordingPages.address(recording),
                                    VisibleText.of(recording.skill()),
                                    VisibleText.of(state.engine()),
                                    StatusView.of(state.status(), messages),
                                    VisibleText.of(state.why()),
                                    VisibleText.of(recording.createdAt()),
                                    recording.steps().size());
                        })
                        .toList(),
                PagerView.of("/runs", found.page(), found.total()));
        pages.render(ctx, "runs.jte", messages.text("runs.title"), SECTION, view);
    }

    private void run(Context ctx) {
        String request = PathId.request(ctx);
        Messages messages = pages.messages(ctx);
        JsonNode run = backend.get("/v1/management/runs/" + request);
        if (!run.isObject()) {
            throw BackendException.unusable("The server's description of the run is none");
        }
        String status = Json.string(run, "status").orElse("");
        RunView view = new RunView(
                request,
                StatusView.of(status, messages),
                VisibleText.of(Json.string(run, "skill_id").orElse("")),
                VisibleText.of(Json.string(run, "engine").orElse("")),
                VisibleText.of(problem(run.path("error"))),
                ENDED.contains(status),
                recordings.find(request).isPresent());
        pages.render(ctx, "run.jte", messages.text("run.title", request), SECTION, view);
    }

    /** What a run failed with: a code and words. */
    static String problem(JsonNode error) {
        String code = Json.string(error, "code").orElse("");
        String words = Json.string(error, "message").orElse("");
        return code.isEmpty() || words.isEmpty() ? code + words : code + ": " + words;
    }
}
