package skillrunner.embedding.run;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skillrunner.application.engine.EngineReadiness;
import skillrunner.application.engine.EngineRemedies;
import skillrunner.application.engine.RenewSignIns;
import skillrunner.application.json.SchemaValidator;
import skillrunner.application.run.FindRun;
import skillrunner.application.run.ListRuns;
import skillrunner.application.run.RunCounts;
import skillrunner.application.run.RunSignals;
import skillrunner.application.run.Runs;
import skillrunner.application.run.admission.CreateRun;
import skillrunner.application.run.admission.CreateTempRun;
import skillrunner.application.run.admission.ExplainRun;
import skillrunner.application.run.admission.FindTempRun;
import skillrunner.application.run.admission.RunAdmission;
import skillrunner.application.run.admission.UploadRunInput;
import skillrunner.application.run.admission.UploadTempSkill;
import skillrunner.application.run.bundle.OpenRunBundle;
import skillrunner.application.run.execution.ActiveRuns;
import skillrunner.application.run.execution.CancelRun;
import skillrunner.application.run.file.BrowseRunFiles;
import skillrunner.application.run.interaction.AnswerQuestion;
import skillrunner.application.run.interaction.FindPending;
import skillrunner.application.run.journal.JournalReader;
import skillrunner.application.run.journal.ReadEvents;
import skillrunner.application.run.journal.ReadHistory;
import skillrunner.application.run.output.FollowRun;
import skillrunner.application.run.output.ReadLogRange;
import skillrunner.application.run.output.ReadRunLogs;
import skillrunner.application.run.output.ReadStretch;
import skillrunner.application.run.output.RunOutput;
import skillrunner.application.run.process.AgentProcesses;
import skillrunner.application.run.process.CountedProcesses;
import skillrunner.application.run.result.ReadRunResult;
import skillrunner.application.run.retention.RemoveRuns;
import skillrunner.application.run.retention.RetentionSchedule;
import skillrunner.application.run.turn.ForecastTurn;
import skillrunner.application.run.turn.RunWorkspaces;
import skillrunner.application.skill.SkillStore;
import skillrunner.domain.run.RunFileRules;
import skillrunner.embedding.background.Basics;
import skillrunner.embedding.background.OpenParts;
import skillrunner.embedding.engine.EngineCapability;
import skillrunner.embedding.engine.EngineParts;
import skillrunner.embedding.engine.IsolationTrial;
import skillrunner.embedding.skill.SkillCapability;
import skillrunner.embedding.storage.StorageCapability;
import skillrunner.process.follow.FileFollower;
import skillrunner.process.launch.DetachedAgentProcesses;
import skillrunner.workspace.run.FilesystemRunBelongings;
import skillrunner.workspace.run.FilesystemRunBundles;
import skillrunner.workspace.run.FilesystemRunFiles;

/** Everything of a runner that has to do with runs: what the surfaces of a runner call, and what goes on by itself. */
public final class RunCapability implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunCapability.class);

    /** Nobody waits for what is removed, and others wait for their first answers. */
    private static final Duration FIRST_SWEEP = Duration.ofSeconds(2);

    /** A step takes milliseconds, unless the disk hangs. */
    private static final Duration MOST_LETTING_GO = Duration.ofSeconds(2);

    private final RunBasis basis;
    private final TempSkillCapability temporary;
    private final RunWork work;
    private final RetentionSchedule retention;
    private final RunUseCases useCases;

    private RunCapability(
            RunBasis basis,
            StorageCapability storage,
            EngineCapability engines,
            EngineRemedies remedies,
            SkillCapability skillCapability,
            AgentProcesses processes) {
        SkillStore skills = skillCapability.store();
        SchemaValidator schemas = skillCapability.schemas();
        this.basis = basis;
        Basics basics = basis.basics;
        this.temporary = TempSkillCapability.wire(basis.basics, basis.runs, skillCapability);
        this.work = new RunWork(
                basis, skills, schemas, temporary, engines.versions(), remedies, processes, storage.reserve());
        EngineReadiness readiness = new EngineReadiness(
                basis.engines.engines(),
                basis.engines.binaries(),
                basis.engines.home(),
                remedies,
                engine -> engines.versions().evident(engine, Duration.ZERO),
                System::nanoTime);
        RunAdmission admission = new RunAdmission(
                basis.database.requests(),
                basis.database.cache(),
                basis.directories,
                basis.uploads,
                skills,
                basis.keys,
                readiness,
                basis.signals,
                basics.ids(),
                basics.clock(),
                basis.settings);
        FindRun find = new FindRun(basis.runs, basis.database.attempts(), basis.stalls);
        CancelRun cancel =
                new CancelRun(find, basis.runs, work.conclusion, work.journal, basis.signals, basics.clock());
        FilesystemRunBelongings belongings =
                new FilesystemRunBelongings(basis.layout, basis.directories, basis.uploads, temporary.packages());
        RemoveRuns remove = new RemoveRuns(
                basis.database.removals(),
                List.of(basis.database.unserved(), basis.database.unservedTemporary()),
                List.of(belongings),
                new ActiveRuns(
                        basis.runs,
                        work.turns,
                        cancel,
                        basis.signals,
                        basics.threads(),
                        basics.threads().monotonic()),
                belongings,
                basis.signals,
                basics.clock());
        this.retention = new RetentionSchedule(
                remove,
                basics.settings().retention().policy(),
                basics.settings().retention().interval(),
                basics.threads());
        FindTempRun findTemp = new FindTempRun(basis.database.tempRequests(), find);
        ReadRunResult result = new ReadRunResult(basis.directories, work.conclusion);
        RunFileRules rules = new RunFileRules(
                basis.engines.engines().credentialPaths(),
                basis.engines.engines().credentialMarks());
        this.useCases = new RunUseCases(
                new CreateRun(
                        skills,
                        basis.engines.engines(),
                        engines.models(),
                        schemas,
                        basis.database.requests(),
                        admission,
                        basis.keys,
                        basics.ids(),
                        basics.clock(),
                        basis.settings),
                new ExplainRun(
                        skills,
                        basis.engines.engines(),
                        engines.models(),
                        schemas,
                        admission,
                        new ForecastTurn(
                                work.planner,
                                skills,
                                basis.engines.engines(),
                                basis.engines.binaries(),
                                basis.engines.home()),
                        basis.runs,
                        basis.engines.binaries(),
                        engines.versions(),
                        basics.ids(),
                        basics.clock(),
                        basis.settings),
                new UploadRunInput(basis.runs, basis.uploads, skills, admission),
                find,
                new ListRuns(basis.runs, basis.database.tempRequests()),
                result,
                cancel,
                remove,
                new CreateTempRun(
                        basis.engines.engines(),
                        engines.models(),
                        schemas,
                        readiness,
                        basis.database.tempRequests(),
                        basis.database.requests(),
                        basis.keys,
                        basics.ids(),
                        basics.clock(),
                        basis.settings),
                new UploadTempSkill(
                        basis.database.tempRequests(),
                        basis.runs,
                        temporary.packages(),
                        basis.uploads,
                        basis.engines.engines(),
                        engines.models(),
                        schemas,
                        admission,
                        basics.clock(),
                        basis.settings),
                findTemp,
                new FindPending(
                        basis.database.interactions(),
                        (run, attempt) ->
                                basis.directories.attemptFiles(run, attempt).workspace(),
                        basis.profiles,
                        basis.signals),
                new AnswerQuestion(
                        basis.database.interactions(),
                        work.turns,
                        work.show,
                        basis.signals,
                        basics.json(),
                        basics.clock(),
                        basis.settings),
                basis.artifacts,
                new BrowseRunFiles(find, new FilesystemRunFiles(basis.layout, rules), work.journal),
                new OpenRunBundle(
                        find, result, new FilesystemRunBundles(basis.layout, basics.json(), rules), work.journal),
                new ReadRunLogs(basis.output),
                new ReadLogRange(basis.output),
                new FollowRun(find, basis.runs, basis.output, work.journalReader, basis.signals),
                new ReadStretch(basis.runs, basis.output, basis.signals),
                new ReadEvents(basis.runs, work.journalReader, basis.signals),
                new ReadHistory(work.journalReader));
    }

    /**
     * Wires it. Takes up no run yet.
     *
     * @param basics what it stands on
     * @param storage where things are kept
     * @param engineParts the engines
     * @param engines looks after them
     * @param remedies what this product offers where an engine can't be used
     * @param skills the skills
     * @param isolation tells what keeps the processes of a run together
     * @param parts gets what was opened, also if this throws
     * @return the capability
     */
    public static RunCapability wire(
            Basics basics,
            StorageCapability storage,
            EngineParts engineParts,
            EngineCapability engines,
            EngineRemedies remedies,
            SkillCapability skills,
            IsolationTrial isolation,
            OpenParts parts) {
        FileFollower follower = parts.add(FileFollower.start(basics.threads()));
        RunBasis basis = new RunBasis(basics, storage.runs(), engineParts);
        AgentProcesses processes =
                new CountedProcesses(new DetachedAgentProcesses(follower, isolation::outcome), basis.counts);
        return parts.add(new RunCapability(basis, storage, engines, remedies, skills, processes));
    }

    /**
     * Returns what the surfaces of a runner call.
     *
     * @return the use cases
     */
    public RunUseCases useCases() {
        return useCases;
    }

    /**
     * Returns all runs that are remembered.
     *
     * @return them
     */
    public Runs runs() {
        return basis.runs;
    }

    /**
     * Returns where runs work.
     *
     * @return their folders
     */
    public RunWorkspaces workspaces() {
        return basis.directories;
    }

    /**
     * Returns what runs write.
     *
     * @return their output
     */
    public RunOutput output() {
        return basis.output;
    }

    /**
     * Returns what happened to runs.
     *
     * @return their journals
     */
    public JournalReader journal() {
        return work.journalReader;
    }

    /**
     * Returns what wakes whoever watches a run.
     *
     * @return the signals
     */
    public RunSignals signals() {
        return basis.signals;
    }

    /**
     * Returns what was counted since the start.
     *
     * @return the counts
     */
    public RunCounts counts() {
        return basis.counts;
    }

    /**
     * Returns how many runs work at once.
     *
     * @return the number of slots
     */
    public int slots() {
        return basis.settings.slots();
    }

    /**
     * Returns how many slots are taken.
     *
     * @return the number of runs at work
     */
    public int busySlots() {
        return work.dispatcher.busySlots();
    }

    /** Goes on with what an earlier runner left. To be called before anybody may ask. */
    public void recover() {
        int recovered = work.reconcile.reconcile();
        temporary.recover();
        LOG.info(
                "{} slots, queue of {}, {} runs picked up",
                basis.settings.slots(),
                basis.settings.maxQueued(),
                recovered);
    }

    /**
     * Returns what has sign-ins renewed before a run.
     *
     * @return it, for whoever else starts an engine's program
     */
    public RenewSignIns signIns() {
        return work.signIns;
    }

    /**
     * Begins to give slots.
     *
     * @param whenHomeIsWhole does something once the engines' home is as runs expect it
     */
    public void start(Consumer<Runnable> whenHomeIsWhole) {
        whenHomeIsWhole.accept(work.dispatcher::start);
        work.deadlines.start();
        work.signIns.recover();
        temporary.start();
        retention.begin(FIRST_SWEEP);
    }

    /** Lets go of the runs. What a step asks of the database comes before the database is closed. */
    @Override
    public void close() {
        work.dispatcher.stop();
        try {
            if (!work.dispatcher.awaitLetGo(MOST_LETTING_GO)) {
                LOG.warn("some runs were not let go in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
