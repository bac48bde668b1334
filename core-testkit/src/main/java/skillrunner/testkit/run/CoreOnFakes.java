package skillrunner.testkit.run;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import skillrunner.application.background.BackgroundTasks;
import skillrunner.application.engine.AgentHome;
import skillrunner.application.engine.EngineBinaries;
import skillrunner.application.engine.EngineReadiness;
import skillrunner.application.engine.Engines;
import skillrunner.application.engine.RenewSignIns;
import skillrunner.application.engine.SignInRenewal;
import skillrunner.application.engine.VersionSupport;
import skillrunner.application.model.ModelCatalogue;
import skillrunner.application.run.Attempts;
import skillrunner.application.run.FindRun;
import skillrunner.application.run.RunSettings;
import skillrunner.application.run.RunSignals;
import skillrunner.application.run.RunStalls;
import skillrunner.application.run.Runs;
import skillrunner.application.run.SingleNodeSignals;
import skillrunner.application.run.admission.CreateRun;
import skillrunner.application.run.admission.CreateRunCommand;
import skillrunner.application.run.admission.CreateTempRun;
import skillrunner.application.run.admission.ExplainRun;
import skillrunner.application.run.admission.FindTempRun;
import skillrunner.application.run.admission.RunAdmission;
import skillrunner.application.run.admission.RunRequests;
import skillrunner.application.run.admission.TempRequests;
import skillrunner.application.run.admission.UploadRunInput;
import skillrunner.application.run.admission.UploadTempSkill;
import skillrunner.application.run.admission.Uploads;
import skillrunner.application.run.cache.CacheKeys;
import skillrunner.application.run.cache.RememberRun;
import skillrunner.application.run.cache.RunCache;
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
import skillrunner.application.run.interaction.AnswerQuestion;
import skillrunner.application.run.interaction.ExpireInteractions;
import skillrunner.application.run.interaction.FindPending;
import skillrunner.application.run.interaction.Interactions;
import skillrunner.application.run.interaction.InteractiveProfiles;
import skillrunner.application.run.interaction.InteractiveState;
import skillrunner.application.run.interaction.ShowInteractions;
import skillrunner.application.run.journal.EventSchemas;
import skillrunner.application.run.journal.JournalReader;
import skillrunner.application.run.journal.KeepJournal;
import skillrunner.application.run.journal.RunJournal;
import skillrunner.application.run.output.FollowRun;
import skillrunner.application.run.output.ReadLogRange;
import skillrunner.application.run.output.ReadRunLogs;
import skillrunner.application.run.output.RunOutput;
import skillrunner.application.run.output.UntoldOutput;
import skillrunner.application.run.process.AgentProcesses;
import skillrunner.application.run.quota.WorkspaceMeter;
import skillrunner.application.run.result.ReadRunResult;
import skillrunner.application.run.result.RunArtifacts;
import skillrunner.application.run.result.RunConclusion;
import skillrunner.application.run.result.RunRecords;
import skillrunner.application.run.retention.Belongings;
import skillrunner.application.run.retention.RemoveRuns;
import skillrunner.application.run.retention.RunRemovals;
import skillrunner.application.run.retention.UnservedRequests;
import skillrunner.application.run.temporary.RemoveTempSkill;
import skillrunner.application.run.temporary.RequestedSkills;
import skillrunner.application.run.temporary.SweepTempSkills;
import skillrunner.application.run.temporary.TempPackages;
import skillrunner.application.run.turn.AnswerFiles;
import skillrunner.application.run.turn.ForecastTurn;
import skillrunner.application.run.turn.QuestionHints;
import skillrunner.application.run.turn.RunWorkspaces;
import skillrunner.application.run.turn.TurnContinuation;
import skillrunner.application.run.turn.TurnJudge;
import skillrunner.application.run.turn.TurnPlanner;
import skillrunner.application.run.turn.TurnPreparation;
import skillrunner.application.skill.SkillStore;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.model.ModelEntry;
import skillrunner.domain.run.NodeId;
import skillrunner.domain.run.RequestId;
import skillrunner.domain.run.RunId;
import skillrunner.domain.run.RunQuota;
import skillrunner.domain.run.RunRequest;
import skillrunner.domain.run.TempFilesPolicy;
import skillrunner.domain.skill.ExecutionMode;
import skillrunner.testkit.background.DeferredBackgroundTasks;
import skillrunner.testkit.background.ImmediateTasks;
import skillrunner.testkit.background.SequentialIds;
import skillrunner.testkit.cli.ScriptedPrograms;
import skillrunner.testkit.clock.ManualClock;
import skillrunner.testkit.engine.ScriptedSessions;
import skillrunner.testkit.engine.TestEngineCli;
import skillrunner.testkit.engine.TestEngineDriver;
import skillrunner.testkit.engine.TestRemedies;
import skillrunner.testkit.json.MustacheTemplates;
import skillrunner.testkit.json.SmallSchemaValidator;
import skillrunner.testkit.json.StrictJson;
import skillrunner.testkit.model.ScriptedCliVersions;
import skillrunner.testkit.skill.InMemorySkillStore;
import skillrunner.testkit.storage.ScriptedDisk;

/**
 * A whole server without its adapters. What would survive the server's end (disk, processes, clock) belongs to this
 * object; what would not is a {@link Server}, and {@link #restart} makes a new one. Used by one thread; its parts are as
 * safe as they say.
 */
public final class CoreOnFakes {
    /** Moves only when told. */
    public final ManualClock clock = new ManualClock();

    /** Names everything. */
    public final SequentialIds ids = new SequentialIds();

    /** Carries out what may take long. */
    public final ImmediateTasks errands = new ImmediateTasks();

    /** Below all stores. */
    public final ScriptedDisk disk = new ScriptedDisk();

    /** Requests, runs and attempts. */
    public final InMemoryRuns runs = new InMemoryRuns(disk);

    /** What the runs ask. */
    public final InMemoryInteractions interactions = new InMemoryInteractions(runs);

    /** Earlier answers. */
    public final InMemoryRunCache cache = new InMemoryRunCache(runs, disk);

    /** Removes runs. */
    public final InMemoryRunRemovals removals = new InMemoryRunRemovals(runs, cache);

    /** Removes requests without runs. */
    public final InMemoryUnservedRequests unserved = new InMemoryUnservedRequests(runs);

    /** What the engines wrote. */
    public final InMemoryOutput output = new InMemoryOutput();

    /** Below the journal. */
    public final ScriptedDisk journalDisk = new ScriptedDisk();

    /** What was told of runs; on a disk of its own. */
    public final InMemoryRunJournal journal = new InMemoryRunJournal(journalDisk);

    /** Uploaded files. */
    public final InMemoryUploads uploads = new InMemoryUploads(disk);

    /** Skills that came with their requests. */
    public final InMemoryTempPackages packages = new InMemoryTempPackages(disk, clock);

    /** Run directories. */
    public final InMemoryWorkspaces workspaces = new InMemoryWorkspaces(disk, output, uploads);

    /** What was shown last of the questions of runs. */
    public final Map<RunId, InteractiveState> shown = new ConcurrentHashMap<>();

    /** What CLIs tell when they are asked for a conversation. */
    public final ScriptedSessions sessions = new ScriptedSessions();

    /** The machine. */
    public final ScriptedAgentProcesses processes = new ScriptedAgentProcesses(output);

    /** Programs of CLIs. */
    public final ScriptedPrograms programs = new ScriptedPrograms(processes::programs);

    /** Installed skills. */
    public final InMemorySkillStore skills = new InMemorySkillStore();

    /** Drives codex. */
    public final TestEngineDriver driver =
            new TestEngineDriver(EngineId.CODEX, Set.of(ExecutionMode.AUTO, ExecutionMode.INTERACTIVE));

    /** Drives gemini, which is not in use. */
    public final TestEngineDriver unusedDriver = new TestEngineDriver(EngineId.GEMINI);

    /** Files of the agent home. */
    public final Map<String, String> home = new HashMap<>();

    /** What the CLIs say of themselves. */
    public final ScriptedCliVersions versions = new ScriptedCliVersions();

    private volatile List<ModelEntry> models = List.of();
    private RunSettings settings = new RunSettings(2, 3, 1200, 600, false, Duration.ofSeconds(1), RunQuota.UNLIMITED);
    private RunOwnership ownership = new SingleNodeOwnership(new NodeId("node-1"), clock);
    private Server server;

    /** Starts the first server; it gives no slots before its dispatcher is started. */
    public CoreOnFakes() {
        this(new DeferredBackgroundTasks());
    }

    /**
     * Starts the first server; it gives no slots before its dispatcher is started.
     *
     * @param background gives the first server's threads
     */
    public CoreOnFakes(BackgroundTasks background) {
        this.server = new Server(background, errands, PortSeam.NONE);
    }

    /** Returns the present server. */
    public Server server() {
        return server;
    }

    /** Ends the present server as a power cut would and starts another. */
    public Server restart() {
        server.dispatcher.stop();
        server = new Server(new DeferredBackgroundTasks(), errands, PortSeam.NONE);
        return server;
    }

    /**
     * Starts another server where the present one is dead: nothing of it is told.
     *
     * @param background gives all threads of the new server
     * @param seam comes between the new server and its ports
     */
    public Server restartOn(BackgroundTasks background, PortSeam seam) {
        server = new Server(background, background, seam);
        return server;
    }

    /** Restarts with other limits. */
    public Server restartWith(int slots, int maxQueued) {
        limit(slots, maxQueued);
        return restart();
    }

    /** Sets the limits of the next server. */
    public void limit(int slots, int maxQueued) {
        settings = new RunSettings(
                slots,
                maxQueued,
                settings.sessionTimeoutSeconds(),
                settings.hardTimeoutSeconds(),
                settings.sandboxed(),
                settings.poll(),
                settings.quota());
    }

    /** Restarts with other limits for what a run may take of the machine. */
    public Server restartWith(RunQuota quota) {
        settings = new RunSettings(
                settings.slots(),
                settings.maxQueued(),
                settings.sessionTimeoutSeconds(),
                settings.hardTimeoutSeconds(),
                settings.sandboxed(),
                settings.poll(),
                quota);
        return restart();
    }

    /** Makes the next server another node, or one that isn't alone. */
    public void become(RunOwnership next) {
        ownership = next;
    }

    /** Returns the present settings. */
    public RunSettings settings() {
        return settings;
    }

    /** Lists the models every engine has. */
    public void offerModels(ModelEntry... entries) {
        models = List.of(entries);
    }

    /** Returns for which attempts programs are held. */
    public Set<String> held() {
        return programs.held();
    }

    /** Ends the holds of a killed server, which count no longer than its programs run. */
    public void endHolds() {
        programs.endHolds();
    }

    /** Removes a CLI from the machine. */
    public void uninstall(EngineId engine) {
        programs.uninstall(engine.wire());
    }

    /** Signs codex out for certain. */
    public void signOut() {
        home.put(new TestEngineCli(EngineId.CODEX).signedOutMark(), "");
    }

    /** Creates a run without a key. @return the stored request */
    public RunRequest create(CreateRunCommand command) {
        return runs.findRequest(
                        server.createRun.create(command, Optional.empty()).request())
                .orElseThrow();
    }

    /** What is kept for runs and requests beside their rows. */
    private record Kept(RunRecords records, InMemoryRunJournal journal, Uploads uploads, TempPackages packages)
            implements Belongings {
        @Override
        public void removeOf(RunId run) {
            records.remove(run);
            journal.remove(run);
        }

        @Override
        public void removeOf(RequestId request) {
            uploads.discard(request);
            packages.remove(request);
        }
    }

    /** What ends with the server's process. */
    public final class Server {
        /** Its threads, unless a test brought its own. */
        public final BackgroundTasks background;

        /** Its wake-up calls. */
        public final RunSignals signals = new SingleNodeSignals();

        /** Which engines say nothing. */
        public final RunStalls stalls = new RunStalls();

        /** Its engines, of which codex is in use. */
        public final Engines engines;

        /** Ends runs. */
        public final RunConclusion conclusion;

        /** Opens attempts. */
        public final Turns turnsOfRuns;

        /** Carries runs out. */
        public final RunExecutions executions;

        /** Gives slots. */
        public final RunDispatcher dispatcher;

        /** Takes requests. */
        public final CreateRun createRun;

        /** Tells what would become of requests. */
        public final ExplainRun explainRun;

        /** Takes files. */
        public final UploadRunInput uploadRunInput;

        /** Takes requests whose skill comes later. */
        public final CreateTempRun createTempRun;

        /** Takes these skills. */
        public final UploadTempSkill uploadTempSkill;

        /** Looks such requests up. */
        public final FindTempRun findTempRun;

        /** Removes what was left of such skills. */
        public final SweepTempSkills sweepTempSkills;

        /** Ends runs on demand. */
        public final CancelRun cancelRun;

        /** Tells what happens to runs. */
        public final KeepJournal keepJournal;

        /** Reads what was told. */
        public final JournalReader journalReader;
        /** Decides questions that nobody answers. */
        public final ExpireInteractions expireInteractions;

        /** Takes answers. */
        public final AnswerQuestion answerQuestion;

        /** Tells what runs ask. */
        public final FindPending findPending;

        /** Looks runs up. */
        public final FindRun findRun;

        /** Shows runs live. */
        public final FollowRun followRun;

        /** Shows results. */
        public final ReadRunResult readRunResult;

        /** Shows logs. */
        public final ReadRunLogs readRunLogs;

        public final ReadLogRange readLogRange;

        /** Carries on after a restart. */
        public final ReconcileRuns reconcileRuns;

        /** Removes runs. */
        public final RemoveRuns removeRuns;

        private Server(BackgroundTasks background, BackgroundTasks errands, PortSeam seam) {
            this.background = background;
            Runs runs = seam.between(Runs.class, CoreOnFakes.this.runs);
            RunRequests requests = seam.between(RunRequests.class, CoreOnFakes.this.runs);
            Attempts attempts = seam.between(Attempts.class, CoreOnFakes.this.runs);
            RunCache cache = seam.between(RunCache.class, CoreOnFakes.this.cache);
            RunWorkspaces workspaces = seam.between(RunWorkspaces.class, CoreOnFakes.this.workspaces);
            Interactions interactions = seam.between(Interactions.class, CoreOnFakes.this.interactions);
            RunRecords records = seam.between(RunRecords.class, CoreOnFakes.this.workspaces);
            engines = new Engines(
                    List.of(new TestEngineCli(EngineId.CODEX), new TestEngineCli(EngineId.GEMINI)),
                    List.of(driver, unusedDriver),
                    Optional.of(List.of(EngineId.CODEX)));
            // Questions are shown under a lock, where nobody else can have a turn.
            ShowInteractions show = new ShowInteractions(
                    CoreOnFakes.this.runs,
                    CoreOnFakes.this.runs,
                    CoreOnFakes.this.interactions,
                    CoreOnFakes.this.workspaces,
                    new InteractiveProfiles(CoreOnFakes.this.runs, engines),
                    shown::put);
            RunArtifacts artifacts = seam.between(RunArtifacts.class, CoreOnFakes.this.workspaces);
            AnswerFiles answerFiles = seam.between(AnswerFiles.class, CoreOnFakes.this.workspaces);
            Uploads uploads = seam.between(Uploads.class, CoreOnFakes.this.uploads);
            TempRequests waiting = seam.between(TempRequests.class, CoreOnFakes.this.runs.temporary());
            TempPackages packages = seam.between(TempPackages.class, CoreOnFakes.this.packages);
            SkillStore skills = seam.between(SkillStore.class, CoreOnFakes.this.skills);
            RunOutput output = seam.between(RunOutput.class, CoreOnFakes.this.output);
            AgentProcesses processes = seam.between(AgentProcesses.class, CoreOnFakes.this.processes);
            EngineBinaries programs = seam.between(EngineBinaries.class, CoreOnFakes.this.programs);
            StrictJson json = new StrictJson();
            SmallSchemaValidator schemas = new SmallSchemaValidator();
            CacheKeys keys = new CacheKeys(json);
            ModelCatalogue catalogue = new ModelCatalogue() {
                @Override
                public List<ModelEntry> models(EngineId engine) {
                    return models;
                }

                @Override
                public Optional<String> servedBy(EngineId engine) {
                    return Optional.of("models_1.0.0.json");
                }
            };
            TurnProcesses turns = new TurnProcesses(attempts, processes, workspaces);
            expireInteractions = new ExpireInteractions(runs, interactions, show, signals, background, clock);
            answerQuestion = new AnswerQuestion(interactions, turns, show, signals, new StrictJson(), clock, settings);
            findPending = new FindPending(
                    interactions,
                    (run, attempt) -> workspaces.attemptFiles(run, attempt).workspace(),
                    new InteractiveProfiles(attempts, engines),
                    signals);
            // A journal is written under a lock, where nobody else can have a turn.
            keepJournal = new KeepJournal(
                    journal,
                    CoreOnFakes.this.runs,
                    CoreOnFakes.this.runs,
                    CoreOnFakes.this.runs,
                    CoreOnFakes.this.interactions,
                    run -> {
                        CoreOnFakes.this.workspaces.remove(run);
                        journal.remove(run);
                    },
                    new UntoldOutput(CoreOnFakes.this.output),
                    signals,
                    CoreOnFakes.this.disk,
                    engines::parser,
                    new EventSchemas(json),
                    clock);
            conclusion = new RunConclusion(
                    runs,
                    attempts,
                    new RememberRun(cache, keys, skills, clock),
                    records,
                    artifacts,
                    interactions,
                    show,
                    expireInteractions,
                    new InteractiveProfiles(attempts, engines),
                    new RemoveTempSkill(packages),
                    keepJournal,
                    clock);
            TurnPlanner planner = new TurnPlanner(schemas, json, new MustacheTemplates(), settings);
            TurnPreparation preparation = new TurnPreparation(
                    new RequestedSkills(skills, packages),
                    engines,
                    workspaces,
                    records,
                    programs,
                    new VersionSupport(engines, new TestRemedies()),
                    versions,
                    path -> Optional.ofNullable(home.get(path)),
                    new RenewSignIns(SignInRenewal.NONE, background),
                    planner,
                    attempts,
                    interactions,
                    json,
                    clock,
                    settings);
            WorkspaceMeter meter = seam.between(WorkspaceMeter.class, CoreOnFakes.this.workspaces);
            journalReader = new JournalReader(seam.between(RunJournal.class, journal), keepJournal);
            TurnOutputs outputs = new TurnOutputs(engines, output, processes, signals, keepJournal);
            RunErrands aside = new RunErrands(errands, signals);
            turnsOfRuns = new Turns(
                    new TurnBeginnings(
                            runs,
                            preparation,
                            new TurnContinuation(
                                    engines, workspaces, records, attempts, interactions, json, clock, settings),
                            aside),
                    turns,
                    outputs,
                    new TurnUsages(settings.quota(), outputs, meter, aside, clock.monotonic()),
                    new TurnStalls(outputs, stalls, signals, clock.monotonic(), clock),
                    new TurnEndings(
                            outputs,
                            new TurnJudge(artifacts, answerFiles, json, schemas, new QuestionHints(json::parseObject)),
                            new TurnRecall(engines, output, sessions),
                            aside),
                    interactions,
                    disk);
            executions = new RunExecutions(
                    runs,
                    turnsOfRuns,
                    new TurnTimes(clock.monotonic(), clock, settings),
                    conclusion,
                    disk,
                    keepJournal,
                    signals);
            dispatcher = new RunDispatcher(runs, executions, ownership, signals, background, clock, settings);
            AgentHome agentHome = path -> Optional.ofNullable(home.get(path));
            // A clock that stands still would believe for ever; this one never believes.
            AtomicLong nanos = new AtomicLong();
            EngineReadiness readiness = new EngineReadiness(
                    engines,
                    programs,
                    agentHome,
                    new TestRemedies(),
                    versions::detect,
                    () -> nanos.addAndGet(2_000_000_000L));
            RunAdmission admission = new RunAdmission(
                    requests, cache, records, uploads, skills, keys, readiness, signals, ids, clock, settings);
            createRun =
                    new CreateRun(skills, engines, catalogue, schemas, requests, admission, keys, ids, clock, settings);
            explainRun = new ExplainRun(
                    skills,
                    engines,
                    catalogue,
                    schemas,
                    admission,
                    new ForecastTurn(planner, skills, engines, programs, agentHome),
                    runs,
                    programs,
                    versions,
                    ids,
                    clock,
                    settings);
            uploadRunInput = new UploadRunInput(runs, uploads, skills, admission);
            findRun = new FindRun(runs, attempts, stalls);
            createTempRun = new CreateTempRun(
                    engines, catalogue, schemas, readiness, waiting, requests, keys, ids, clock, settings);
            uploadTempSkill = new UploadTempSkill(
                    waiting, runs, packages, uploads, engines, catalogue, schemas, admission, clock, settings);
            findTempRun = new FindTempRun(waiting, findRun);
            sweepTempSkills = new SweepTempSkills(
                    runs,
                    packages,
                    new TempFilesPolicy(Duration.ofHours(24)),
                    Optional.of(Duration.ofHours(12)),
                    background,
                    clock);
            cancelRun = new CancelRun(findRun, runs, conclusion, keepJournal, signals, clock);
            removeRuns = new RemoveRuns(
                    seam.between(RunRemovals.class, removals),
                    List.of(
                            seam.between(UnservedRequests.class, unserved),
                            seam.between(
                                    UnservedRequests.class,
                                    CoreOnFakes.this.runs.temporary().unserved())),
                    List.of(new Kept(records, journal, uploads, packages)),
                    new ActiveRuns(runs, turns, cancelRun, signals, background, clock.monotonic()),
                    run -> meter.measure(run, Long.MAX_VALUE).bytes(),
                    signals,
                    clock);
            followRun = new FollowRun(findRun, runs, output, journalReader, signals);
            readRunResult = new ReadRunResult(records, conclusion);
            readRunLogs = new ReadRunLogs(output);
            readLogRange = new ReadLogRange(output);
            reconcileRuns =
                    new ReconcileRuns(runs, attempts, conclusion, turns, dispatcher, background, ownership, clock);
        }

        /** Returns the tasks of a server that keeps them for the test. */
        public DeferredBackgroundTasks tasks() {
            return (DeferredBackgroundTasks) background;
        }
    }
}
