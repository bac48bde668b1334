package skillrunner.http.run;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import skillrunner.application.run.ListRuns;
import skillrunner.application.run.RunListing;
import skillrunner.application.run.RunQuery;
import skillrunner.domain.run.RunStatus;
import skillrunner.http.load.Load;
import skillrunner.http.page.Messages;
import skillrunner.http.page.Pages;

/** The part of the home page that says how it goes with the runs; it looks again every few seconds. */
public final class CurrentRunsPage {
    /** What failed earlier is no news. */
    private static final Duration LATELY = Duration.ofHours(24);

    /** The list of runs has the others. */
    private static final int MOST_SHOWN = 5;

    private final ListRuns list;
    private final Pages pages;
    private final Clock clock;

    public CurrentRunsPage(ListRuns list, Pages pages, Clock clock) {
        this.list = Objects.requireNonNull(list);
        this.pages = Objects.requireNonNull(pages);
        this.clock = Objects.requireNonNull(clock);
    }

    /**
     * Registers the route.
     *
     * @param routes where
     */
    public void register(RoutesConfig routes) {
        routes.get("/ui/management/runs/current", this::show, Load.LIST);
    }

    private void show(Context ctx) {
        Messages messages = pages.messages(ctx);
        Instant lately = clock.instant().minus(LATELY);
        List<CurrentRunsView.Group> groups = new ArrayList<>();
        add(groups, "needing", newest(Set.of(RunStatus.WAITING_USER)), messages);
        add(groups, "working", newest(Set.of(RunStatus.RUNNING, RunStatus.QUEUED)), messages);
        List<RunListing> failed = newest(Set.of(RunStatus.FAILED)).stream()
                .filter(listing -> listing.run().updatedAt().isAfter(lately))
                .toList();
        add(groups, "failed", failed, messages);
        pages.render(ctx, "run/current.jte", messages.text("runs.title"), "skills", new CurrentRunsView(groups));
    }

    private List<RunListing> newest(Set<RunStatus> statuses) {
        return list.page(new RunQuery(
                        statuses, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), MOST_SHOWN))
                .runs();
    }

    private void add(List<CurrentRunsView.Group> groups, String name, List<RunListing> found, Messages messages) {
        if (!found.isEmpty()) {
            groups.add(new CurrentRunsView.Group(
                    name,
                    messages.text("current." + name),
                    RunListPresenter.rows(found, Map.of(), clock.instant(), messages)));
        }
    }
}
