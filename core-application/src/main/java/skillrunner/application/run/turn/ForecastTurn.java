package skillrunner.application.run.turn;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import skillrunner.application.engine.AgentHome;
import skillrunner.application.engine.EngineBinaries;
import skillrunner.application.engine.EngineCommand;
import skillrunner.application.engine.EngineDriver;
import skillrunner.application.engine.Engines;
import skillrunner.application.skill.InstalledSkill;
import skillrunner.application.skill.SkillStore;
import skillrunner.domain.run.RunRequest;
import skillrunner.domain.run.SecretMask;

/** Plans the first turn of a run that does not exist, by the same planner as that of one that does. Safe for concurrent use. */
public final class ForecastTurn {
    /** Stands for the workspace of the run that there would be. */
    public static final String RUN_DIRECTORY = "<run_dir>";

    private static final String PROMPT = "<prompt>";
    private static final String TEMPORARY = "<temporary>";

    private final TurnPlanner planner;
    private final SkillStore skills;
    private final Engines engines;
    private final EngineBinaries binaries;
    private final AgentHome home;
    private final TurnEnvironment environment;

    public ForecastTurn(
            TurnPlanner planner, SkillStore skills, Engines engines, EngineBinaries binaries, AgentHome home) {
        this.planner = Objects.requireNonNull(planner);
        this.skills = Objects.requireNonNull(skills);
        this.engines = Objects.requireNonNull(engines);
        this.binaries = Objects.requireNonNull(binaries);
        this.home = Objects.requireNonNull(home);
        this.environment = new TurnEnvironment(engines, binaries);
    }

    /**
     * Tells what a run would fail with for its parameters.
     *
     * @param skill the skill
     * @param parameter the parameters, with the skill's defaults
     * @return the failure, or empty if they fit
     */
    public Optional<ForeseenFailure> parameterFailure(InstalledSkill skill, Map<String, Object> parameter) {
        List<ForeseenFailure> failures = new ArrayList<>();
        attempt(failures, () -> {
            planner.checkParameter(skill, parameter);
            return true;
        });
        return failures.stream().findFirst();
    }

    /**
     * Plans the first turn. Takes it that each required file will come; optional ones are left out.
     *
     * @param request a request that was accepted, or would be
     * @param skill its skill
     * @param driver the driver of its engine
     * @return the turn
     */
    public TurnForecast forecast(RunRequest request, InstalledSkill skill, EngineDriver driver) {
        Map<String, String> uploads = new LinkedHashMap<>();
        skill.inputContract().requiredFileKeys().forEach(key -> uploads.put(key, "<path of " + key + ">"));
        TurnPlanner.Inputs inputs = new TurnPlanner.Inputs(
                request,
                skill,
                driver,
                new Workspace(RUN_DIRECTORY, uploads),
                skills.readText(skill, driver.skillConfig()),
                driver.homeConfig().flatMap(home::readText),
                Optional.empty());
        Map<String, Object> input = new LinkedHashMap<>(request.input());
        input.putAll(uploads);

        List<ForeseenFailure> failures = new ArrayList<>();
        Optional<EngineCommand> command = attempt(failures, () -> planner.command(inputs));
        Optional<String> prompt = attempt(failures, () -> planner.prompt(inputs, input));
        if (command.isPresent() && prompt.isPresent()) {
            attempt(failures, () -> PromptHandover.of(command.get(), prompt.get()));
        }
        Map<String, String> variables = command.map(call -> environment.of(call, request.engine(), TEMPORARY))
                .orElse(Map.of());
        return new TurnForecast(
                command.map(call -> shown(call, driver, variables)).orElse(List.of()),
                List.copyOf(new TreeSet<>(variables.keySet())),
                prompt,
                failures);
    }

    /** The prompt stands beside the command whole, and where the program lies is nobody's business. */
    private List<String> shown(EngineCommand command, EngineDriver driver, Map<String, String> variables) {
        List<String> names = engines.cli(driver.engine())
                .map(cli -> cli.binaryNames())
                .orElse(List.of(driver.engine().wire()));
        String program = binaries.find(names).orElse(names.get(0));
        List<String> shown = new ArrayList<>(List.of(program.substring(program.lastIndexOf('/') + 1)));
        Set<String> secrets = SecretMask.secretsAmong(variables);
        shown.addAll(SecretMask.masked(command.arguments(), secrets));
        if (command.prompt() == EngineCommand.Prompt.LAST_ARGUMENT) {
            shown.add(PROMPT);
        }
        return shown;
    }

    private static <T> Optional<T> attempt(List<ForeseenFailure> failures, Supplier<T> step) {
        try {
            return Optional.of(step.get());
        } catch (TurnRefusedException e) {
            failures.add(e.foreseen());
            return Optional.empty();
        }
    }
}
