package skillrunner.application.run.turn;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import skillrunner.application.engine.AgentHome;
import skillrunner.application.engine.EngineBinaries;
import skillrunner.application.engine.EngineCommand;
import skillrunner.application.engine.EngineDriver;
import skillrunner.application.engine.EngineTurn;
import skillrunner.application.engine.Engines;
import skillrunner.application.engine.VersionSupport;
import skillrunner.application.json.JsonText;
import skillrunner.application.json.SchemaValidator;
import skillrunner.application.model.CliVersions;
import skillrunner.application.run.RunSettings;
import skillrunner.application.run.process.AgentProcesses;
import skillrunner.application.run.process.AttemptFiles;
import skillrunner.application.run.result.AttemptAudit;
import skillrunner.application.run.result.RunRecords;
import skillrunner.application.skill.InstalledSkill;
import skillrunner.application.skill.SkillStore;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.run.Attempt;
import skillrunner.domain.run.OutputContract;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunFailureCode;
import skillrunner.domain.run.RunRequest;
import skillrunner.domain.skill.ArtifactDeclaration;
import skillrunner.domain.skill.InputContract;
import skillrunner.domain.skill.SchemaKind;

/**
 * Everything between a slot and a process: the run directory, the checked input, the skill's copy, the prompt, the command
 * line. May be repeated after a crash.
 */
public final class TurnPreparation {
    /** A CLI that takes longer to tell its version is started as it is: what is not known is no reason to refuse. */
    private static final Duration VERSION_PATIENCE = Duration.ofSeconds(2);

    private final SkillStore skills;
    private final Engines engines;
    private final RunWorkspaces workspaces;
    private final RunRecords records;
    private final EngineBinaries binaries;
    private final VersionSupport support;
    private final CliVersions versions;
    private final AgentHome home;
    private final SchemaValidator schemas;
    private final JsonText json;
    private final PromptTemplates templates;
    private final Clock clock;
    private final RunSettings settings;

    /**
     * Takes its collaborators.
     *
     * @param skills finds the skill
     * @param engines finds the driver
     * @param workspaces makes the run directory
     * @param records mirrors the status
     * @param binaries finds the program and builds its environment
     * @param versions tells whether the driver knows the program's version
     * @param home holds the engine's configuration
     * @param schemas checks parameter and input
     * @param json writes values into the prompt
     * @param templates renders the prompt
     * @param clock dates the attempt
     * @param settings default limits
     */
    public TurnPreparation(
            SkillStore skills,
            Engines engines,
            RunWorkspaces workspaces,
            RunRecords records,
            EngineBinaries binaries,
            CliVersions versions,
            AgentHome home,
            SchemaValidator schemas,
            JsonText json,
            PromptTemplates templates,
            Clock clock,
            RunSettings settings) {
        this.skills = Objects.requireNonNull(skills);
        this.engines = Objects.requireNonNull(engines);
        this.workspaces = Objects.requireNonNull(workspaces);
        this.records = Objects.requireNonNull(records);
        this.binaries = Objects.requireNonNull(binaries);
        this.support = new VersionSupport(engines);
        this.versions = Objects.requireNonNull(versions);
        this.home = Objects.requireNonNull(home);
        this.schemas = Objects.requireNonNull(schemas);
        this.json = Objects.requireNonNull(json);
        this.templates = Objects.requireNonNull(templates);
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
        workspaces.create(run, request);
        records.writeStatus(run, request.options().sessionTimeoutSeconds());
        InstalledSkill skill = skills.find(request.skill())
                .orElseThrow(() -> new TurnRefusedException(
                        RunFailureCode.SKILL_NOT_FOUND,
                        "The skill '" + request.skill() + "' is no longer installed or can't be read"));
        Map<String, Object> input = checkedInput(run, request, skill);
        EngineDriver driver = engines.driver(request.engine())
                .orElseThrow(() -> new TurnRefusedException(
                        RunFailureCode.ENGINE_UNAVAILABLE, "There is no driver for '" + request.engine() + "'"));
        String program = engines.cli(driver.engine())
                .flatMap(cli -> binaries.hold(cli.binaryNames(), run.marker()))
                .orElseThrow(() -> new TurnRefusedException(
                        RunFailureCode.ENGINE_UNAVAILABLE,
                        "The CLI of the engine '" + request.engine() + "' is not installed"));
        refuseUnknownMajor(driver.engine());
        String directory = workspaces.workspace(run.id());
        workspaces.installSkill(
                run.id(),
                skill,
                driver.skillFolder(),
                SkillInstructions.text(
                        directory,
                        skill.manifest(),
                        skill.schema(SchemaKind.OUTPUT),
                        request.options().executionMode(),
                        json));
        EngineCommand command = command(request, skill, driver, directory);
        String prompt = prompt(request, skill, driver, directory, input);
        PromptHandover handover = PromptHandover.of(command, prompt);
        workspaces.writeSettings(run.id(), command.files());
        Attempt attempt = Attempt.starting(
                run.id(),
                run.attempt(),
                settings.hardTimeoutSeconds(request),
                new OutputContract(
                        skill.schema(SchemaKind.OUTPUT),
                        skill.manifest().artifacts().stream()
                                .filter(ArtifactDeclaration::required)
                                .map(artifact -> "artifacts/" + artifact.pattern())
                                .toList()),
                began);
        AttemptFiles files = workspaces.openAttempt(
                new AttemptAudit(
                        run,
                        request.options().executionMode(),
                        run.attempt(),
                        attempt.startedAt(),
                        Optional.empty(),
                        Optional.empty(),
                        "unknown",
                        "RUNNING",
                        List.of()),
                prompt);
        Map<String, String> set = new LinkedHashMap<>(command.environment());
        set.put("TMPDIR", files.temporary());
        return new Prepared(
                attempt,
                new AgentProcesses.LaunchOrder(
                        program,
                        handover.arguments(),
                        binaries.environment(passed(command, request.engine()), set),
                        files,
                        handover.onStdin(),
                        run.marker()));
    }

    /**
     * Lets go of what was held for the present attempt of a run. To be called once its processes have ended.
     *
     * @param run the run
     */
    public void release(Run run) {
        binaries.release(run.marker());
    }

    /** The CLI may have become another one since the run was accepted, or was not known then. */
    private void refuseUnknownMajor(EngineId engine) {
        versions.evident(engine, VERSION_PATIENCE)
                .flatMap(version -> support.objection(engine, version))
                .ifPresent(objection -> {
                    throw new TurnRefusedException(RunFailureCode.ENGINE_VERSION_UNSUPPORTED, objection);
                });
    }

    private Set<String> passed(EngineCommand command, EngineId engine) {
        Set<String> names = new TreeSet<>(command.passedVariables());
        names.addAll(engines.addedVariables(engine));
        return names;
    }

    private Map<String, Object> checkedInput(Run run, RunRequest request, InstalledSkill skill) {
        List<String> breaches = new ArrayList<>();
        for (String breach : schemas.validate(skill.schema(SchemaKind.PARAMETER), request.parameter())) {
            breaches.add("parameter: " + breach);
        }
        InputContract contract = skill.inputContract();
        Map<String, String> uploads = workspaces.uploads(run.id());
        TreeSet<String> missing = new TreeSet<>(contract.requiredFileKeys());
        missing.removeAll(uploads.keySet());
        if (!missing.isEmpty()) {
            throw new TurnRefusedException(
                    RunFailureCode.INPUT_VALIDATION_FAILED,
                    "Missing required input files: " + String.join(", ", missing));
        }
        Map<String, Object> input = new LinkedHashMap<>(request.input());
        for (String key : contract.fileKeys()) {
            if (uploads.containsKey(key)) {
                input.put(key, uploads.get(key));
            }
        }
        for (String breach : schemas.validate(skill.schema(SchemaKind.INPUT), input)) {
            breaches.add("input: " + breach);
        }
        if (!breaches.isEmpty()) {
            throw new TurnRefusedException(
                    RunFailureCode.INPUT_VALIDATION_FAILED, "Input validation failed: " + breaches);
        }
        return input;
    }

    private EngineCommand command(RunRequest request, InstalledSkill skill, EngineDriver driver, String directory) {
        try {
            return driver.command(new EngineTurn(
                    request.skill(),
                    directory,
                    request.options().executionMode(),
                    request.model(),
                    skills.readText(skill, driver.skillConfig()),
                    driver.homeConfig().flatMap(home::readText),
                    settings.sandboxed()));
        } catch (IllegalArgumentException e) {
            throw new TurnRefusedException(
                    RunFailureCode.ENGINE_UNAVAILABLE, "The engine settings can't be used: " + e.getMessage());
        }
    }

    private String prompt(
            RunRequest request,
            InstalledSkill skill,
            EngineDriver driver,
            String directory,
            Map<String, Object> input) {
        Map<String, Object> parameter = new LinkedHashMap<>(request.parameter());
        if (skill.schema(SchemaKind.PARAMETER).get("properties") instanceof Map<?, ?> declared) {
            parameter.keySet().retainAll(declared.keySet());
        }
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("id", skill.manifest().id().value());
        facts.put("name", skill.manifest().name());
        facts.put("description", skill.manifest().description());
        facts.put("version", skill.manifest().version().orElse(""));
        String id = skill.manifest().id().value();
        Map<String, Object> variables = new LinkedHashMap<>();
        variables.put("input", input);
        variables.put("parameter", parameter);
        variables.put("skill", facts);
        variables.put("skill_id", id);
        variables.put("skill_dir", directory + "/" + driver.skillFolder() + "/" + id);
        variables.put("run_dir", directory);
        variables.put("artifacts_dir", directory + "/artifacts");
        variables.put("input_file", "input.json");
        variables.put("params_json", json.canonical(parameter));
        variables.put(
                "input_prompt",
                request.parameter().get("prompt") instanceof String text ? text : "Execute skill " + id);
        try {
            return templates.render(
                    skill.manifest().prompt(request.engine()).orElse(driver.defaultPrompt()), variables);
        } catch (IllegalArgumentException e) {
            throw new TurnRefusedException(
                    RunFailureCode.INPUT_VALIDATION_FAILED, "The prompt template is broken: " + e.getMessage());
        }
    }
}
