package skillrunner.http.run;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import skillrunner.application.engine.Engines;
import skillrunner.application.run.FindRun;
import skillrunner.application.run.ListRuns;
import skillrunner.application.run.RunDetails;
import skillrunner.application.run.RunQuery;
import skillrunner.domain.run.RequestId;
import skillrunner.http.legacy.LegacyRoutes;
import skillrunner.http.load.Load;
import skillrunner.http.page.Pages;

/** {@code /ui/runs}: the list of runs and the page of each. Asks what the management API asks. */
public final class RunPages {
    private static final String SECTION = "runs";
    private static final String TABLE = "/ui/management/runs/table";

    private final JobUseCases jobs;
    private final ListRuns list;
    private final RunPresenter presenter;
    private final ConversationPages conversation;
    private final RunFilePages files;
    private final AwaitingPages awaiting;
    private final Pages pages;
    private final LegacyRoutes legacy;
    private final Engines engines;
    private final Clock clock;

    public RunPages(
            JobUseCases jobs,
            ListRuns list,
            RunPresenter presenter,
            ConversationPages conversation,
            RunFilePages files,
            AwaitingPages awaiting,
            Pages pages,
            LegacyRoutes legacy,
            Engines engines,
            Clock clock) {
        this.jobs = Objects.requireNonNull(jobs);
        this.list = Objects.requireNonNull(list);
        this.presenter = Objects.requireNonNull(presenter);
        this.conversation = Objects.requireNonNull(conversation);
        this.files = Objects.requireNonNull(files);
        this.awaiting = Objects.requireNonNull(awaiting);
        this.pages = Objects.requireNonNull(pages);
        this.legacy = Objects.requireNonNull(legacy);
        this.engines = Objects.requireNonNull(engines);
        this.clock = Objects.requireNonNull(clock);
    }

    /**
     * Registers the routes.
     *
     * @param routes where
     */
    public void register(RoutesConfig routes) {
        routes.get("/ui/runs", ctx -> list(ctx, "run/list.jte"), Load.LIST);
        routes.get(TABLE, this::table, Load.LIST);
        legacy.get(routes, "/ui/runs/table", TABLE, this::table);
        routes.get("/ui/runs/{request_id}", this::page, Load.LIST);
        routes.get("/ui/management/runs/{request_id}/summary", this::summary, Load.LIST);
        routes.post("/ui/runs/{request_id}/cancel", this::cancel);
    }

    private void table(Context ctx) {
        list(ctx, "run/table.jte");
    }

    private void list(Context ctx, String template) {
        RunQuery asked = new RunQueryParameters(ctx, engines).read();
        Optional<RunAge> within = RunAge.read(ctx);
        RunQuery query = within.map(age -> age.narrow(asked, clock.instant())).orElse(asked);
        RunFilterView filter = RunFilterView.of(query, within, engines.known(), pages.messages(ctx));
        RunListView view = RunListPresenter.list(list.page(query), filter, clock.instant(), pages.messages(ctx));
        pages.render(ctx, template, pages.messages(ctx).text("runs.title"), SECTION, view);
    }

    /** Nearly always there is a run, so that it is looked for first; a request without one is asked for what it waits for. */
    private void page(Context ctx) {
        RequestId request = RequestPath.id(ctx);
        Optional<RunDetails> begun = jobs.find().begun(request);
        if (begun.isPresent()) {
            run(ctx, request, begun.get());
        } else if (!awaiting.show(ctx)) {
            run(ctx, request, jobs.find().details(request));
        }
    }

    private void run(Context ctx, RequestId request, RunDetails details) {
        RunView view = view(ctx, details);
        pages.render(
                ctx,
                "run/run.jte",
                title(view),
                SECTION,
                new RunPageView(
                        view,
                        conversation.newest(request, details.run().id(), pages.messages(ctx)),
                        files.shown(ctx, request),
                        presenter.firstOutput(details.run().id())));
    }

    private RunView view(Context ctx, RunDetails details) {
        FindRun.Found found = new FindRun.Found(details.request(), details.run());
        return presenter.run(
                details,
                conversation.question(found, pages.messages(ctx)),
                conversation.tokens(details),
                pages.messages(ctx));
    }

    private void summary(Context ctx) {
        RunView view = view(ctx, jobs.find().details(RequestPath.id(ctx)));
        pages.render(ctx, "run/summary.jte", title(view), SECTION, view);
    }

    private static String title(RunView view) {
        return view.skillName() + " · " + view.status().label();
    }

    private void cancel(Context ctx) {
        RequestId request = RequestPath.id(ctx);
        jobs.cancel().cancel(request);
        ctx.redirect("/ui/runs/" + request, HttpStatus.SEE_OTHER);
    }
}
