package skillrunner.app;

import io.javalin.config.RoutesConfig;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skillrunner.app.settings.Settings;
import skillrunner.application.engine.EngineReadiness;
import skillrunner.application.engine.EngineRemedies;
import skillrunner.application.engine.Engines;
import skillrunner.application.engine.VersionSupport;
import skillrunner.application.run.CountedRuns;
import skillrunner.application.run.FindRun;
import skillrunner.application.run.ListRuns;
import skillrunner.application.run.RunCounts;
import skillrunner.application.run.RunSettings;
import skillrunner.application.run.RunSignals;
import skillrunner.application.run.RunStalls;
import skillrunner.application.run.Runs;
import skillrunner.application.run.SingleNodeSignals;
import skillrunner.application.run.admission.CreateRun;
import skillrunner.application.run.admission.CreateTempRun;
import skillrunner.application.run.admission.ExplainRun;
import skillrunner.application.run.admission.FindTempRun;
import skillrunner.application.run.admission.RunAdmission;
import skillrunner.application.run.admission.UploadRunInput;
import skillrunner.application.run.admission.UploadTempSkill;
import skillrunner.application.run.admission.Uploads;
import skillrunner.application.run.bundle.OpenRunBundle;
import skillrunner.application.run.cache.CacheKeys;
import skillrunner.application.run.execution.ActiveRuns;
import skillrunner.application.run.execution.CancelRun;
import skillrunner.application.run.execution.ReconcileRuns;
import skillrunner.application.run.execution.RunDispatcher;
import skillrunner.application.run.execution.RunErrands;
import skillrunner.application.run.execution.RunExecutions;
import skillrunner.application.run.execution.RunOwnership;
import skillrunner.application.run.execution.SingleNodeOwnership;
import skillrunner.application.run.execution.TurnBeginnings;
import skillrunner.application.run.execution.TurnEndings;
import skillrunner.application.run.execution.TurnOutputs;
import skillrunner.application.run.execution.TurnProcesses;
import skillrunner.application.run.execution.TurnRecall;
import skillrunner.application.run.execution.TurnStalls;
import skillrunner.application.run.execution.TurnTimes;
import skillrunner.application.run.execution.TurnUsages;
import skillrunner.application.run.execution.Turns;
import skillrunner.application.run.file.BrowseRunFiles;
import skillrunner.application.run.interaction.AnswerQuestion;
import skillrunner.application.run.interaction.ExpireInteractions;
import skillrunner.application.run.interaction.FindPending;
import skillrunner.application.run.interaction.Interactions;
import skillrunner.application.run.interaction.InteractiveProfiles;
import skillrunner.application.run.interaction.ShowInteractions;
import skillrunner.application.run.journal.EventSchemas;
import skillrunner.application.run.journal.JournalReader;
import skillrunner.application.run.journal.KeepJournal;
import skillrunner.application.run.journal.ReadEvents;
import skillrunner.application.run.journal.ReadHistory;
import skillrunner.application.run.journal.RunJournal;
import skillrunner.application.run.output.FollowRun;
import skillrunner.application.run.output.ReadLogRange;
import skillrunner.application.run.output.ReadRunLogs;
import skillrunner.application.run.output.ReadStretch;
import skillrunner.application.run.output.RunOutput;
import skillrunner.application.run.output.UntoldOutput;
import skillrunner.application.run.process.AgentProcesses;
import skillrunner.application.run.process.CountedProcesses;
import skillrunner.application.run.result.ReadRunResult;
import skillrunner.application.run.result.RunArtifacts;
import skillrunner.application.run.result.RunConclusion;
import skillrunner.application.run.retention.RemoveRuns;
import skillrunner.application.run.retention.RetentionSchedule;
import skillrunner.application.run.turn.ForecastTurn;
import skillrunner.application.run.turn.QuestionHints;
import skillrunner.application.run.turn.TurnContinuation;
import skillrunner.application.run.turn.TurnJudge;
import skillrunner.application.run.turn.TurnPlanner;
import skillrunner.application.run.turn.TurnPreparation;
import skillrunner.application.skill.SkillStore;
import skillrunner.application.time.MonotonicClock;
import skillrunner.domain.run.NodeId;
import skillrunner.domain.run.RunFileRules;
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
import skillrunner.process.follow.FileFollower;
import skillrunner.process.launch.DetachedAgentProcesses;
import skillrunner.process.probe.SessionProbe;
import skillrunner.sqlite.SqliteDatabase;
import skillrunner.workspace.json.NetworkntSchemas;
import skillrunner.workspace.json.SnakeYamlText;
import skillrunner.workspace.prompt.JinjaTemplates;
import skillrunner.workspace.run.FilesystemAnswerFiles;
import skillrunner.workspace.run.FilesystemInteractionMirror;
import skillrunner.workspace.run.FilesystemRunArtifacts;
import skillrunner.workspace.run.FilesystemRunBelongings;
import skillrunner.workspace.run.FilesystemRunBundles;
import skillrunner.workspace.run.FilesystemRunFiles;
import skillrunner.workspace.run.FilesystemRunJournal;
import skillrunner.workspace.run.FilesystemRunOutput;
import skillrunner.workspace.run.FilesystemUploads;
import skillrunner.workspace.run.FilesystemWorkspaceMeter;
import skillrunner.workspace.run.RunDirectories;
import skillrunner.workspace.run.RunLayout;
import skillrunner.workspace.zip.ZipIntake;

/** Everything of a server that has to do with runs. */
final class RunCapability implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunCapability.class);
    private static final Duration POLL = Duration.ofSeconds(1);

    /** Nobody waits for what is removed, and others wait for their first answers. */
    /** A CLI that needs longer to tell a session has failed to. */
    private static final Duration SESSION_PATIENCE = Duration.ofSeconds(30);

    private static final Duration FIRST_SWEEP = Duration.ofSeconds(2);

    private final Basics basics;
    private final RunSettings settings;
    private final Engines engines;
    private final SqliteDatabase database;
    private final RunCounts counts;
    private final Runs runs;
    private final RunSignals signals = new SingleNodeSignals();
    private final RunStalls stalls = new RunStalls();
    private final RunOutput output;
    private final JournalReader journalReader;
    private final RunDispatcher dispatcher;
    private final ReconcileRuns reconcile;
    private final FindRun findRun;
    private final TempSkillCapability temporary;
    private final JobUseCases jobs;
    private final TempRunUseCases tempRuns;
    private final RunLookup lookup;
    private final OpenRunBundle bundles;
    private final BrowseRunFiles files;
    private final ExpireInteractions deadlines;
    private final InteractionUseCases interactive;
    private final RetentionSchedule retention;
    private final RunPresenter presenter;

    private RunCapability(
            Basics basics,
            StorageCapability storage,
            EngineWiring wiring,
            EngineCapability engines,
            SkillCapability skillCapability,
            AgentProcesses processes,
            RunCounts counts) {
        SkillStore skills = skillCapability.store();
        NetworkntSchemas schemas = skillCapability.schemas();
        this.basics = basics;
        this.counts = counts;
        this.engines = wiring.engines();
        this.settings = runSettings(basics.settings());
        this.database = storage.runs();
        this.runs = new CountedRuns(database.runs(), counts);
        this.temporary = TempSkillCapability.wire(basics, runs, skillCapability);
        RunLayout layout = new RunLayout(basics.settings().storage().data());
        RunDirectories directories =
                new RunDirectories(layout, basics.json(), wiring.engines().settingsFiles());
        RunArtifacts artifacts = new FilesystemRunArtifacts(layout);
        Uploads uploads = new FilesystemUploads(
                layout,
                new ZipIntake(
                        basics.settings().archives().uploads(),
                        basics.settings().archives().nameCharset()));
        this.output = new FilesystemRunOutput(layout);
        CacheKeys keys = new CacheKeys(basics.json());
        Interactions interactions = database.interactions();
        InteractiveProfiles profiles = new InteractiveProfiles(database.attempts(), wiring.engines());
        ShowInteractions show = new ShowInteractions(
                runs,
                database.attempts(),
                interactions,
                directories,
                profiles,
                new FilesystemInteractionMirror(layout, basics.json()));
        this.deadlines = new ExpireInteractions(runs, interactions, show, signals, basics.threads(), basics.clock());
        RunConclusion conclusion = new RunConclusion(
                runs,
                database.attempts(),
                database.cache(),
                keys,
                skills,
                directories,
                artifacts,
                interactions,
                show,
                deadlines,
                profiles,
                temporary.removal(),
                basics.clock());
        EngineRemedies remedies = new ProductRemedies();
        TurnPlanner planner = new TurnPlanner(schemas, basics.json(), new JinjaTemplates(basics.json()), settings);
        TurnPreparation preparation = new TurnPreparation(
                temporary.requested(),
                wiring.engines(),
                directories,
                directories,
                wiring.binaries(),
                new VersionSupport(wiring.engines(), remedies),
                engines.versions(),
                wiring.home(),
                planner,
                database.attempts(),
                interactions,
                basics.json(),
                basics.clock(),
                settings);
        TurnProcesses turns = new TurnProcesses(database.attempts(), processes, directories);
        RunJournal events = new FilesystemRunJournal(layout);
        KeepJournal journal = new KeepJournal(
                events,
                runs,
                database.moves(),
                database.attempts(),
                interactions,
                directories::remove,
                new UntoldOutput(output),
                signals,
                storage.reserve(),
                wiring.engines()::parser,
                new EventSchemas(basics.json()),
                basics.clock());
        this.journalReader = new JournalReader(events, journal);
        TurnOutputs outputs = new TurnOutputs(wiring.engines(), output, processes, signals, journal);
        RunErrands errands = new RunErrands(basics.threads(), signals);
        MonotonicClock monotonic = basics.threads().monotonic();
        RunExecutions executions = new RunExecutions(
                runs,
                new Turns(
                        new TurnBeginnings(
                                runs,
                                preparation,
                                new TurnContinuation(
                                        wiring.engines(),
                                        directories,
                                        directories,
                                        database.attempts(),
                                        interactions,
                                        basics.json(),
                                        basics.clock(),
                                        settings),
                                errands),
                        turns,
                        outputs,
                        new TurnUsages(
                                settings.quota(), outputs, new FilesystemWorkspaceMeter(layout), errands, monotonic),
                        new TurnStalls(outputs, stalls, signals, monotonic, basics.clock()),
                        new TurnEndings(
                                outputs,
                                new TurnJudge(
                                        artifacts,
                                        new FilesystemAnswerFiles(layout),
                                        basics.json(),
                                        schemas,
                                        new QuestionHints(new SnakeYamlText())),
                                new TurnRecall(
                                        wiring.engines(),
                                        output,
                                        new SessionProbe(wiring.engines(), wiring.binaries(), SESSION_PATIENCE)),
                                errands),
                        interactions,
                        storage.reserve()),
                new TurnTimes(monotonic, basics.clock(), settings),
                conclusion,
                storage.reserve(),
                journal,
                signals);
        // A data directory has one database and one server at a time, so the name of the one is that of the other.
        RunOwnership ownership =
                new SingleNodeOwnership(new NodeId(database.mark().id()), basics.clock());
        this.dispatcher =
                new RunDispatcher(runs, executions, ownership, signals, basics.threads(), basics.clock(), settings);
        this.reconcile = new ReconcileRuns(
                runs, database.attempts(), conclusion, turns, dispatcher, basics.threads(), ownership, basics.clock());
        EngineReadiness readiness = new EngineReadiness(
                wiring.engines(),
                wiring.binaries(),
                wiring.home(),
                remedies,
                engine -> engines.versions().evident(engine, Duration.ZERO),
                System::nanoTime);
        RunAdmission admission = new RunAdmission(
                database.requests(),
                database.cache(),
                directories,
                uploads,
                skills,
                keys,
                readiness,
                signals,
                basics.ids(),
                basics.clock(),
                settings);
        this.findRun = new FindRun(runs, database.attempts(), stalls);
        CancelRun cancel = new CancelRun(findRun, runs, conclusion, journal, signals, basics.clock());
        FilesystemRunBelongings belongings =
                new FilesystemRunBelongings(layout, directories, uploads, temporary.packages());
        this.interactive = new InteractionUseCases(
                findRun,
                new FindPending(
                        interactions,
                        (run, attempt) -> directories.attemptFiles(run, attempt).workspace(),
                        profiles,
                        signals),
                new AnswerQuestion(interactions, turns, show, signals, basics.json(), basics.clock(), settings));
        RemoveRuns remove = new RemoveRuns(
                database.removals(),
                List.of(database.unserved(), database.unservedTemporary()),
                List.of(belongings),
                new ActiveRuns(runs, turns, cancel, signals, basics.threads(), monotonic),
                belongings,
                signals,
                basics.clock());
        this.retention = new RetentionSchedule(
                remove,
                basics.settings().retention().policy(),
                basics.settings().retention().interval(),
                basics.threads());
        this.jobs = new JobUseCases(
                new CreateRun(
                        skills,
                        wiring.engines(),
                        engines.models(),
                        schemas,
                        database.requests(),
                        admission,
                        keys,
                        basics.ids(),
                        basics.clock(),
                        settings),
                new ExplainRun(
                        skills,
                        wiring.engines(),
                        engines.models(),
                        schemas,
                        admission,
                        new ForecastTurn(planner, skills, wiring.engines(), wiring.binaries(), wiring.home()),
                        runs,
                        wiring.binaries(),
                        engines.versions(),
                        basics.ids(),
                        basics.clock(),
                        settings),
                new UploadRunInput(runs, uploads, skills, admission),
                findRun,
                new ReadRunResult(directories, conclusion),
                new ReadRunLogs(output),
                cancel,
                artifacts,
                remove);
        FindTempRun findTempRun = new FindTempRun(database.tempRequests(), findRun);
        this.lookup = new RunLookup(findRun, findTempRun);
        this.tempRuns = new TempRunUseCases(
                new CreateTempRun(
                        wiring.engines(),
                        engines.models(),
                        schemas,
                        readiness,
                        database.tempRequests(),
                        database.requests(),
                        keys,
                        basics.ids(),
                        basics.clock(),
                        settings),
                new UploadTempSkill(
                        database.tempRequests(),
                        runs,
                        temporary.packages(),
                        uploads,
                        wiring.engines(),
                        engines.models(),
                        schemas,
                        admission,
                        basics.clock(),
                        settings),
                findTempRun);
        RunFileRules rules = new RunFileRules(
                wiring.engines().credentialPaths(), wiring.engines().credentialMarks());
        this.bundles =
                new OpenRunBundle(findRun, jobs.result(), new FilesystemRunBundles(layout, basics.json(), rules));
        this.files = new BrowseRunFiles(findRun, new FilesystemRunFiles(layout, rules));
        this.presenter = new RunPresenter(jobs, skills, directories, output, basics.clock());
    }

    static RunCapability wire(
            Basics basics,
            StorageCapability storage,
            EngineWiring wiring,
            EngineCapability engines,
            SkillCapability skills,
            IsolationTrial isolation,
            ServerParts parts) {
        FileFollower follower = parts.add(FileFollower.start(basics.threads()));
        RunCounts counts = new RunCounts();
        AgentProcesses processes =
                new CountedProcesses(new DetachedAgentProcesses(follower, isolation::outcome), counts);
        return parts.add(new RunCapability(basics, storage, wiring, engines, skills, processes, counts));
    }

    private static RunSettings runSettings(Settings settings) {
        return new RunSettings(
                settings.runs().slots().slots(MachineProbe.measure()),
                settings.runs().maxQueued(),
                settings.runs().sessionTimeoutSeconds(),
                settings.runs().hardTimeoutSeconds(),
                settings.engines().sandboxed(),
                POLL,
                settings.runs().quota());
    }

    /** The routes that answer with streams, or may wait long for what they answer. */
    List<Consumer<RoutesConfig>> streamRoutes(StreamConnections connections) {
        FollowRun follow = new FollowRun(findRun, runs, output, journalReader, signals);
        ReadStretch read = new ReadStretch(runs, output, signals);
        ReadEvents shown = new ReadEvents(runs, journalReader, signals);
        return List.of(
                new EventRoutes(follow, lookup, connections)::register,
                new InteractionRoutes(interactive, lookup, connections)::register,
                new DurableStreamRoutes(lookup, read, shown, connections, basics.clock())::register);
    }

    /** The routes that clients of runs ask for all the time. */
    List<Consumer<RoutesConfig>> clientRoutes() {
        return List.of(
                new JobRoutes(jobs)::register,
                new RunRoutes(jobs, lookup)::register,
                new LogRangeRoutes(lookup, new ReadLogRange(output))::register,
                new HistoryRoutes(new ReadHistory(journalReader), lookup)::register,
                new TempRunRoutes(tempRuns, findRun)::register);
    }

    /** The other routes and the pages. */
    List<Consumer<RoutesConfig>> routes(Pages pages, LegacyRoutes legacy) {
        ListRuns list = new ListRuns(runs, database.tempRequests());
        RunFilePages filePages = new RunFilePages(jobs, files, output, pages, legacy);
        AwaitingPages awaiting = new AwaitingPages(jobs, tempRuns, pages);
        ConversationPages conversation = new ConversationPages(lookup, interactive, journalReader, pages);
        return List.of(
                new RunBundleRoutes(lookup, bundles)::register,
                new RunManagementRoutes(jobs, list, engines)::register,
                new RunFileRoutes(files)::register,
                filePages::register,
                new RunPages(
                        jobs,
                        list,
                        presenter,
                        conversation,
                        filePages,
                        awaiting,
                        pages,
                        legacy,
                        engines,
                        basics.clock())::register,
                awaiting::register,
                conversation::register,
                new TimelinePages(lookup, journalReader, pages)::register,
                new ConversationDownloads(lookup, journalReader, pages)::register,
                new CurrentRunsPage(list, pages, basics.clock())::register);
    }

    Supplier<String> metrics(StreamConnections streams) {
        return new Metrics(runs, dispatcher, settings.slots(), streams, counts, jobs.remove());
    }

    /** Goes on with what an earlier server left. To be called before the port is open. */
    void recover() {
        int recovered = reconcile.reconcile();
        temporary.recover();
        LOG.info("{} slots, queue of {}, {} runs picked up", settings.slots(), settings.maxQueued(), recovered);
    }

    /**
     * Begins to give slots.
     *
     * @param whenHomeIsWhole does something once the engines' home is as runs expect it
     */
    void start(Consumer<Runnable> whenHomeIsWhole) {
        whenHomeIsWhole.accept(dispatcher::start);
        deadlines.start();
        temporary.start();
        retention.begin(FIRST_SWEEP);
    }

    /** Lets go of the runs. */
    @Override
    public void close() {
        dispatcher.stop();
    }
}
