package skillrunner.app;

import io.javalin.config.RoutesConfig;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import skillrunner.application.engine.Engines;
import skillrunner.application.skill.SkillStore;
import skillrunner.embedding.Capabilities;
import skillrunner.embedding.run.RunCapability;
import skillrunner.embedding.run.RunUseCases;
import skillrunner.http.legacy.LegacyRoutes;
import skillrunner.http.page.Pages;
import skillrunner.http.run.AwaitingPages;
import skillrunner.http.run.ConversationDownloads;
import skillrunner.http.run.ConversationPages;
import skillrunner.http.run.CurrentRunsPage;
import skillrunner.http.run.DurableStreamRoutes;
import skillrunner.http.run.EventRoutes;
import skillrunner.http.run.HistoryRoutes;
import skillrunner.http.run.InteractionRoutes;
import skillrunner.http.run.InteractionUseCases;
import skillrunner.http.run.JobRoutes;
import skillrunner.http.run.JobUseCases;
import skillrunner.http.run.LogRangeRoutes;
import skillrunner.http.run.RunBundleRoutes;
import skillrunner.http.run.RunFilePages;
import skillrunner.http.run.RunFileRoutes;
import skillrunner.http.run.RunLookup;
import skillrunner.http.run.RunManagementRoutes;
import skillrunner.http.run.RunPages;
import skillrunner.http.run.RunPresenter;
import skillrunner.http.run.RunRoutes;
import skillrunner.http.run.StreamConnections;
import skillrunner.http.run.TempRunRoutes;
import skillrunner.http.run.TempRunUseCases;
import skillrunner.http.run.TimelinePages;

/** What a server shows of runs. */
final class RunRouting {
    private final RunCapability runs;
    private final RunUseCases useCases;
    private final SkillStore skills;
    private final Engines engines;
    private final Clock clock;
    private final JobUseCases jobs;
    private final TempRunUseCases tempRuns;
    private final InteractionUseCases interactive;
    private final RunLookup lookup;

    RunRouting(Capabilities capabilities) {
        this.runs = capabilities.runs();
        this.useCases = runs.useCases();
        this.skills = capabilities.skills().store();
        this.engines = capabilities.engines().engines();
        this.clock = capabilities.basics().clock();
        this.jobs = new JobUseCases(
                useCases.create(),
                useCases.explain(),
                useCases.upload(),
                useCases.find(),
                useCases.result(),
                useCases.logs(),
                useCases.cancel(),
                useCases.artifacts(),
                useCases.remove());
        this.tempRuns = new TempRunUseCases(useCases.createTemp(), useCases.uploadTemp(), useCases.findTemp());
        this.interactive = new InteractionUseCases(useCases.find(), useCases.pending(), useCases.answer());
        this.lookup = new RunLookup(useCases.find(), useCases.findTemp());
    }

    /** The routes that answer with streams, or may wait long for what they answer. */
    List<Consumer<RoutesConfig>> streamRoutes(StreamConnections connections) {
        return List.of(
                new EventRoutes(useCases.follow(), lookup, connections)::register,
                new InteractionRoutes(interactive, lookup, connections)::register,
                new DurableStreamRoutes(lookup, useCases.stretch(), useCases.events(), connections, clock)::register);
    }

    /** The routes that clients of runs ask for all the time. */
    List<Consumer<RoutesConfig>> clientRoutes() {
        return List.of(
                new JobRoutes(jobs)::register,
                new RunRoutes(jobs, lookup)::register,
                new LogRangeRoutes(lookup, useCases.logRange())::register,
                new HistoryRoutes(useCases.history(), lookup)::register,
                new TempRunRoutes(tempRuns, useCases.find())::register);
    }

    /** The other routes and the pages. */
    List<Consumer<RoutesConfig>> routes(Pages pages, LegacyRoutes legacy) {
        RunPresenter presenter = new RunPresenter(jobs, skills, runs.workspaces(), runs.output(), clock);
        RunFilePages filePages = new RunFilePages(jobs, useCases.files(), runs.output(), pages, legacy);
        AwaitingPages awaiting = new AwaitingPages(jobs, tempRuns, pages);
        ConversationPages conversation = new ConversationPages(lookup, interactive, runs.journal(), pages);
        return List.of(
                new RunBundleRoutes(lookup, useCases.bundles())::register,
                new RunManagementRoutes(jobs, useCases.list(), engines)::register,
                new RunFileRoutes(useCases.files())::register,
                filePages::register,
                new RunPages(
                        jobs,
                        useCases.list(),
                        presenter,
                        conversation,
                        filePages,
                        awaiting,
                        pages,
                        legacy,
                        engines,
                        clock)::register,
                awaiting::register,
                conversation::register,
                new TimelinePages(lookup, runs.journal(), pages)::register,
                new ConversationDownloads(lookup, runs.journal(), pages)::register,
                new CurrentRunsPage(useCases.list(), pages, clock)::register);
    }
}
