package skillrunner.application.run.turn;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import skillrunner.application.engine.AgentHome;
import skillrunner.application.engine.EngineBinaries;
import skillrunner.application.engine.EngineDriver;
import skillrunner.application.engine.Engines;
import skillrunner.application.engine.RenewSignIns;
import skillrunner.application.engine.VersionSupport;
import skillrunner.application.json.JsonText;
import skillrunner.application.model.CliVersions;
import skillrunner.application.run.Attempts;
import skillrunner.application.run.RunSettings;
import skillrunner.application.run.interaction.Interactions;
import skillrunner.application.run.process.AgentProcesses;
import skillrunner.application.run.process.AttemptFiles;
import skillrunner.application.run.result.RunRecords;
import skillrunner.application.run.temporary.RequestedSkills;
import skillrunner.application.skill.InstalledSkill;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.run.Attempt;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunFailureCode;
import skillrunner.domain.run.RunRequest;

/**
 * Everything between a slot and a process: the workspace is made, the turn is planned, the program is held, the plan is
 * carried out in the workspace. May be repeated after a crash.
 */
public final class TurnPreparation {
    /** A CLI that takes longer to tell its version is started as it is: what is not known is no reason to refuse. */
    private static final Duration VERSION_PATIENCE = Duration.ofSeconds(2);

    private final RequestedSkills skills;
    private final Engines engines;
    private final RunWorkspaces workspaces;
    private final RunRecords records;
    private final EngineBinaries binaries;
    private final VersionSupport support;
    private final CliVersions versions;
    private final AgentHome home;
    private final RenewSignIns signIns;
    private final TurnEnvironment environment;
    private final TurnPlanner planner;
    private final Attempts attempts;
    private final Interactions interactions;
    private final JsonText json;
    private final Clock clock;
    private final RunSettings settings;

    public TurnPreparation(
            RequestedSkills skills,
            Engines engines,
            RunWorkspaces workspaces,
            RunRecords records,
            EngineBinaries binaries,
            VersionSupport support,
            CliVersions versions,
            AgentHome home,
            RenewSignIns signIns,
            TurnPlanner planner,
            Attempts attempts,
            Interactions interactions,
            JsonText json,
            Clock clock,
            RunSettings settings) {
        this.skills = Objects.requireNonNull(skills);
        this.engines = Objects.requireNonNull(engines);
        this.workspaces = Objects.requireNonNull(workspaces);
        this.records = Objects.requireNonNull(records);
        this.binaries = Objects.requireNonNull(binaries);
        this.support = Objects.requireNonNull(support);
        this.versions = Objects.requireNonNull(versions);
        this.home = Objects.requireNonNull(home);
        this.signIns = Objects.requireNonNull(signIns);
        this.environment = new TurnEnvironment(engines, binaries);
        this.planner = Objects.requireNonNull(planner);
        this.attempts = Objects.requireNonNull(attempts);
        this.interactions = Objects.requireNonNull(interactions);
        this.json = Objects.requireNonNull(json);
        this.clock = Objects.requireNonNull(clock);
        this.settings = Objects.requireNonNull(settings);
    }

    /**
     * A turn that is ready to start.
     *
     * @param attempt the attempt, dated now
     * @param order what to start
     */
    public record Prepared(Attempt attempt, AgentProcesses.LaunchOrder order) {}

    /**
     * Prepares the present attempt of a run.
     *
     * @param run a running run
     * @param request the request that caused it
     * @return the turn
     * @throws TurnRefusedException if it can't be started
     */
    public Prepared prepare(Run run, RunRequest request) {
        // The turn's time begins here: preparing it counts.
        Instant began = clock.instant();
        Workspace workspace = workspaces.create(run, request);
        records.writeStatus(run, request.options().sessionTimeoutSeconds());
        InstalledSkill skill = skills.find(request).orElseThrow(() -> withoutSkill(run, request));
        EngineDriver driver = engines.driver(request.engine())
                .orElseThrow(() -> new TurnRefusedException(
                        RunFailureCode.ENGINE_UNAVAILABLE, "There is no driver for '" + request.engine() + "'"));
        TurnPlan plan = planner.plan(
                run,
                began,
                new TurnPlanner.Inputs(
                        request,
                        skill,
                        driver,
                        workspace,
                        skills.readText(request, skill, driver.skillConfig()),
                        driver.homeConfig().flatMap(home::readText),
                        Resumption.of(run, attempts, interactions, json)));
        String program = engines.cli(driver.engine())
                .flatMap(cli -> binaries.hold(cli.binaryNames(), run.marker()))
                .orElseThrow(() -> new TurnRefusedException(
                        RunFailureCode.ENGINE_UNAVAILABLE,
                        "The CLI of the engine '" + request.engine() + "' is not installed"));
        refuseUnknownMajor(driver.engine());
        signIns.before(driver.engine());
        AttemptFiles files = workspaces.open(run.id(), skill, plan);
        return new Prepared(
                plan.attempt(),
                new AgentProcesses.LaunchOrder(
                        program,
                        plan.handover().arguments(),
                        environment.of(plan.command(), request.engine(), files.temporary()),
                        files,
                        plan.handover().onStdin(),
                        run.marker(),
                        settings.quota().largestFileBytes(),
                        plan.handover().firstLine()));
    }

    /**
     * Lets go of what was held for the present attempt of a run. To be called once its processes have ended.
     *
     * @param run the run
     */
    public void release(Run run) {
        binaries.release(run.marker());
    }

    /**
     * Removes what was prepared for a run that was removed meanwhile.
     *
     * @param run the run
     */
    public void withdraw(Run run) {
        records.remove(run.id());
    }

    /** A run that has failed loses its temporary skill before its end is stored, and a server may be killed between the two. */
    private TurnRefusedException withoutSkill(Run run, RunRequest request) {
        return records.writtenFailure(run.id())
                .map(failure -> new TurnRefusedException(failure.code(), failure.message()))
                .orElseGet(() -> new TurnRefusedException(
                        RunFailureCode.SKILL_NOT_FOUND,
                        "The skill '" + request.skill() + "' is no longer there or can't be read"));
    }

    /** The CLI may have become another one since the run was accepted, or was not known then. */
    private void refuseUnknownMajor(EngineId engine) {
        versions.evident(engine, VERSION_PATIENCE)
                .flatMap(version -> support.objection(engine, version))
                .ifPresent(objection -> {
                    throw new TurnRefusedException(RunFailureCode.ENGINE_VERSION_UNSUPPORTED, objection);
                });
    }
}
