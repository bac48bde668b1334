package skillrunner.embedding.run;

import java.time.Duration;
import skillrunner.application.engine.EngineRemedies;
import skillrunner.application.engine.RenewSignIns;
import skillrunner.application.engine.VersionSupport;
import skillrunner.application.json.SchemaValidator;
import skillrunner.application.model.CliVersions;
import skillrunner.application.run.cache.RememberRun;
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
import skillrunner.application.run.interaction.ExpireInteractions;
import skillrunner.application.run.interaction.Interactions;
import skillrunner.application.run.interaction.ShowInteractions;
import skillrunner.application.run.journal.EventSchemas;
import skillrunner.application.run.journal.JournalReader;
import skillrunner.application.run.journal.KeepJournal;
import skillrunner.application.run.output.UntoldOutput;
import skillrunner.application.run.process.AgentProcesses;
import skillrunner.application.run.result.RunConclusion;
import skillrunner.application.run.turn.QuestionHints;
import skillrunner.application.run.turn.TurnContinuation;
import skillrunner.application.run.turn.TurnJudge;
import skillrunner.application.run.turn.TurnPlanner;
import skillrunner.application.run.turn.TurnPreparation;
import skillrunner.application.skill.SkillStore;
import skillrunner.application.storage.DiskReserve;
import skillrunner.application.time.MonotonicClock;
import skillrunner.domain.run.NodeId;
import skillrunner.embedding.background.Basics;
import skillrunner.process.probe.SessionProbe;
import skillrunner.workspace.json.SnakeYamlText;
import skillrunner.workspace.prompt.JinjaTemplates;
import skillrunner.workspace.run.FilesystemAnswerFiles;
import skillrunner.workspace.run.FilesystemInteractionMirror;
import skillrunner.workspace.run.FilesystemWorkspaceMeter;

/** What carries out runs, from the queue to the verdict, and tells their journal. */
final class RunWork {
    /** A CLI that needs longer to tell a session has failed to. */
    private static final Duration SESSION_PATIENCE = Duration.ofSeconds(30);

    final ShowInteractions show;
    final ExpireInteractions deadlines;
    final RunConclusion conclusion;
    final TurnPlanner planner;
    final TurnProcesses turns;
    final KeepJournal journal;
    final JournalReader journalReader;
    final RunDispatcher dispatcher;
    final ReconcileRuns reconcile;
    final RenewSignIns signIns;

    RunWork(
            RunBasis basis,
            SkillStore skills,
            SchemaValidator schemas,
            TempSkillCapability temporary,
            CliVersions versions,
            EngineRemedies remedies,
            AgentProcesses processes,
            DiskReserve reserve) {
        Basics basics = basis.basics;
        Interactions interactions = basis.database.interactions();
        this.show = new ShowInteractions(
                basis.runs,
                basis.database.attempts(),
                interactions,
                basis.directories,
                basis.profiles,
                new FilesystemInteractionMirror(basis.layout, basics.json()));
        this.deadlines =
                new ExpireInteractions(basis.runs, interactions, show, basis.signals, basics.threads(), basics.clock());
        this.journal = new KeepJournal(
                basis.events,
                basis.runs,
                basis.database.moves(),
                basis.database.attempts(),
                interactions,
                basis.directories::remove,
                new UntoldOutput(basis.output),
                basis.signals,
                reserve,
                basis.engines.engines()::parser,
                new EventSchemas(basics.json()),
                basics.clock());
        this.conclusion = new RunConclusion(
                basis.runs,
                basis.database.attempts(),
                new RememberRun(basis.database.cache(), basis.keys, skills, basics.clock()),
                basis.directories,
                basis.artifacts,
                interactions,
                show,
                deadlines,
                basis.profiles,
                temporary.removal(),
                journal,
                basics.clock());
        this.planner = new TurnPlanner(schemas, basics.json(), new JinjaTemplates(basics.json()), basis.settings);
        this.signIns = new RenewSignIns(basis.engines.renewal(), basics.threads());
        TurnPreparation preparation = new TurnPreparation(
                temporary.requested(),
                basis.engines.engines(),
                basis.directories,
                basis.directories,
                basis.engines.binaries(),
                new VersionSupport(basis.engines.engines(), remedies),
                versions,
                basis.engines.home(),
                signIns,
                planner,
                basis.database.attempts(),
                interactions,
                basics.json(),
                basics.clock(),
                basis.settings);
        this.turns = new TurnProcesses(basis.database.attempts(), processes, basis.directories);
        this.journalReader = new JournalReader(basis.events, journal);
        TurnOutputs outputs = new TurnOutputs(basis.engines.engines(), basis.output, processes, basis.signals, journal);
        RunErrands errands = new RunErrands(basics.threads(), basis.signals);
        MonotonicClock monotonic = basics.threads().monotonic();
        RunExecutions executions = new RunExecutions(
                basis.runs,
                new Turns(
                        new TurnBeginnings(
                                basis.runs,
                                preparation,
                                new TurnContinuation(
                                        basis.engines.engines(),
                                        basis.directories,
                                        basis.directories,
                                        basis.database.attempts(),
                                        interactions,
                                        basics.json(),
                                        basics.clock(),
                                        basis.settings),
                                errands),
                        turns,
                        outputs,
                        new TurnUsages(
                                basis.settings.quota(),
                                outputs,
                                new FilesystemWorkspaceMeter(basis.layout),
                                errands,
                                monotonic),
                        new TurnStalls(outputs, basis.stalls, basis.signals, monotonic, basics.clock()),
                        new TurnEndings(
                                outputs,
                                new TurnJudge(
                                        basis.artifacts,
                                        new FilesystemAnswerFiles(basis.layout),
                                        basics.json(),
                                        schemas,
                                        new QuestionHints(new SnakeYamlText())),
                                new TurnRecall(
                                        basis.engines.engines(),
                                        basis.output,
                                        new SessionProbe(
                                                basis.engines.engines(), basis.engines.binaries(), SESSION_PATIENCE)),
                                errands),
                        interactions,
                        reserve),
                new TurnTimes(monotonic, basics.clock(), basis.settings),
                conclusion,
                reserve,
                journal,
                basis.signals);
        // A data directory has one database and one runner at a time, so the name of the one is that of the other.
        RunOwnership ownership =
                new SingleNodeOwnership(new NodeId(basis.database.mark().id()), basics.clock());
        this.dispatcher = new RunDispatcher(
                basis.runs, executions, ownership, basis.signals, basics.threads(), basics.clock(), basis.settings);
        this.reconcile = new ReconcileRuns(
                basis.runs,
                basis.database.attempts(),
                conclusion,
                turns,
                dispatcher,
                basics.threads(),
                ownership,
                basics.clock());
    }
}
