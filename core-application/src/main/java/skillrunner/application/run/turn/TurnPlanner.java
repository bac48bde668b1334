package skillrunner.application.run.turn;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import skillrunner.application.engine.EngineCommand;
import skillrunner.application.engine.EngineDriver;
import skillrunner.application.engine.EngineTurn;
import skillrunner.application.engine.KeptDialogue;
import skillrunner.application.json.JsonText;
import skillrunner.application.json.SchemaValidator;
import skillrunner.application.run.RunSettings;
import skillrunner.application.run.result.AttemptAudit;
import skillrunner.application.skill.InstalledSkill;
import skillrunner.domain.journal.Completion;
import skillrunner.domain.journal.DoneMarkers;
import skillrunner.domain.problem.FieldError;
import skillrunner.domain.run.Attempt;
import skillrunner.domain.run.OutputContract;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunFailureCode;
import skillrunner.domain.run.RunRequest;
import skillrunner.domain.skill.ArtifactDeclaration;
import skillrunner.domain.skill.ExecutionMode;
import skillrunner.domain.skill.InputContract;
import skillrunner.domain.skill.SchemaKind;

/** Plans turns: checks what is asked, says what the engine is told. Writes nothing and looks at nothing. Safe for concurrent use. */
public final class TurnPlanner {
    /** One breach of a schema: in one line, and as a place in the request. */
    private record Breach(String text, String pointer, String message) {}

    private final SchemaValidator schemas;
    private final JsonText json;
    private final PromptTemplates templates;
    private final RunSettings settings;

    public TurnPlanner(SchemaValidator schemas, JsonText json, PromptTemplates templates, RunSettings settings) {
        this.schemas = Objects.requireNonNull(schemas);
        this.json = Objects.requireNonNull(json);
        this.templates = Objects.requireNonNull(templates);
        this.settings = Objects.requireNonNull(settings);
    }

    /**
     * What a plan follows from.
     *
     * @param request a request
     * @param skill the skill
     * @param driver the engine's driver
     * @param workspace where the engine will work
     * @param skillConfig the settings that the skill brings for the engine
     * @param homeConfig the engine's own settings
     * @param resumption what the turn takes over from the one before it
     */
    record Inputs(
            RunRequest request,
            InstalledSkill skill,
            EngineDriver driver,
            Workspace workspace,
            Optional<String> skillConfig,
            Optional<String> homeConfig,
            Optional<Resumption> resumption) {}

    /**
     * Plans a turn.
     *
     * @param run a running run
     * @param began when the turn began
     * @param inputs what it follows from, with the request that caused the run
     * @return the plan
     * @throws TurnRefusedException if it can't be started
     */
    TurnPlan plan(Run run, Instant began, Inputs inputs) {
        RunRequest request = inputs.request();
        InstalledSkill skill = inputs.skill();
        EngineCommand command = command(inputs);
        // What was asked was checked before the first turn, and the agent may have moved the files since.
        String prompt = inputs.resumption()
                .map(Resumption::prompt)
                .orElseGet(() -> prompt(
                        inputs, checkedInput(request, skill, inputs.workspace().uploads())));
        Attempt begun = Attempt.starting(
                run.id(),
                run.attempt(),
                settings.hardTimeoutSeconds(request),
                inputs.resumption().map(Resumption::contract).orElseGet(() -> contract(skill)),
                began);
        Optional<KeptDialogue> dialogue = request.options().executionMode() == ExecutionMode.INTERACTIVE
                ? inputs.driver().keptDialogue()
                : Optional.empty();
        Attempt attempt = dialogue.isPresent() ? begun.keepingEngine() : begun;
        return new TurnPlan(
                inputs.resumption()
                        .flatMap(Resumption::session)
                        .map(attempt::inSession)
                        .orElse(attempt),
                new AttemptAudit(
                        run,
                        request.options().executionMode(),
                        run.attempt(),
                        began,
                        Optional.empty(),
                        Optional.empty(),
                        Completion.RUNNING,
                        DoneMarkers.NONE,
                        List.of()),
                inputs.driver().skillFolder(),
                SkillInstructions.text(
                        inputs.workspace().directory(),
                        skill.manifest(),
                        skill.schema(SchemaKind.OUTPUT),
                        request.options().executionMode(),
                        json),
                command,
                prompt,
                PromptHandover.of(command, prompt, dialogue),
                inputs.resumption().map(Resumption::reply));
    }

    private static OutputContract contract(InstalledSkill skill) {
        return new OutputContract(
                skill.schema(SchemaKind.OUTPUT),
                skill.manifest().artifacts().stream()
                        .filter(ArtifactDeclaration::required)
                        .map(artifact -> "artifacts/" + artifact.pattern())
                        .toList(),
                skill.manifest().maxAttempt());
    }

    private Map<String, Object> checkedInput(RunRequest request, InstalledSkill skill, Map<String, String> uploads) {
        List<Breach> breaches = new ArrayList<>(parameterBreaches(skill, request.parameter()));
        InputContract contract = skill.inputContract();
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
        if (contract.takesOtherFiles()) {
            new TreeMap<>(uploads).forEach((name, path) -> {
                if (!contract.inlineKeys().contains(name)) {
                    input.putIfAbsent(name, path);
                }
            });
        }
        breaches.addAll(breaches("input", skill.schema(SchemaKind.INPUT), input));
        refuse(breaches);
        return input;
    }

    /**
     * Checks parameters alone.
     *
     * @throws TurnRefusedException if they break the skill's schema
     */
    void checkParameter(InstalledSkill skill, Map<String, Object> parameter) {
        refuse(parameterBreaches(skill, parameter));
    }

    private List<Breach> parameterBreaches(InstalledSkill skill, Map<String, Object> parameter) {
        return breaches("parameter", skill.schema(SchemaKind.PARAMETER), parameter);
    }

    private List<Breach> breaches(String part, Map<String, Object> schema, Map<String, Object> values) {
        try {
            return schemas.breaches(schema, values).stream()
                    .map(breach ->
                            new Breach(part + ": " + breach.text(), "/" + part + breach.pointer(), breach.message()))
                    .toList();
        } catch (IllegalArgumentException e) {
            throw new TurnRefusedException(
                    RunFailureCode.INPUT_VALIDATION_FAILED,
                    "The skill's " + part + " schema can't be used: " + e.getMessage());
        }
    }

    private static void refuse(List<Breach> breaches) {
        if (!breaches.isEmpty()) {
            throw new TurnRefusedException(
                    RunFailureCode.INPUT_VALIDATION_FAILED,
                    "Input validation failed: "
                            + breaches.stream().map(Breach::text).toList(),
                    breaches.stream()
                            .map(breach -> new FieldError(breach.pointer(), breach.message()))
                            .toList());
        }
    }

    /**
     * Says how the engine is called.
     *
     * @throws TurnRefusedException if the settings that the skill brings can't be used
     */
    EngineCommand command(Inputs inputs) {
        RunRequest request = inputs.request();
        try {
            return inputs.driver()
                    .command(new EngineTurn(
                            request.skill(),
                            inputs.workspace().directory(),
                            request.options().executionMode(),
                            request.model(),
                            inputs.skillConfig(),
                            inputs.homeConfig(),
                            inputs.resumption().flatMap(Resumption::session),
                            settings.sandboxed()));
        } catch (IllegalArgumentException e) {
            throw new TurnRefusedException(
                    RunFailureCode.ENGINE_UNAVAILABLE, "The engine settings can't be used: " + e.getMessage());
        }
    }

    /**
     * Says what the engine is told.
     *
     * @param input inline values, and paths of files, by input key
     * @throws TurnRefusedException if the skill's template can't be rendered
     */
    String prompt(Inputs inputs, Map<String, Object> input) {
        RunRequest request = inputs.request();
        InstalledSkill skill = inputs.skill();
        EngineDriver driver = inputs.driver();
        String directory = inputs.workspace().directory();
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
        variables.put("interactive", request.options().executionMode() == ExecutionMode.INTERACTIVE);
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
