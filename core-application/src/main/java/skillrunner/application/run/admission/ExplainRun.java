package skillrunner.application.run.admission;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import skillrunner.application.background.IdSource;
import skillrunner.application.engine.EngineBinaries;
import skillrunner.application.engine.EngineDriver;
import skillrunner.application.engine.Engines;
import skillrunner.application.json.SchemaValidator;
import skillrunner.application.model.CliVersions;
import skillrunner.application.model.ModelCatalogue;
import skillrunner.application.run.RunSettings;
import skillrunner.application.run.Runs;
import skillrunner.application.run.turn.ForecastTurn;
import skillrunner.application.run.turn.ForeseenFailure;
import skillrunner.application.run.turn.TurnForecast;
import skillrunner.application.skill.InstalledSkill;
import skillrunner.application.skill.SkillStore;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.model.ModelSpec;
import skillrunner.domain.run.RunRequest;
import skillrunner.domain.skill.InputContract;

/**
 * Tells what {@link CreateRun} would make of a request, by the same checks, and what its run would be. Starts nothing and
 * stores nothing. Waits at most some seconds, for a CLI that has not told its version yet. Safe for concurrent use.
 */
public final class ExplainRun {
    /** A CLI that takes longer to tell its version is explained without. */
    private static final Duration VERSION_PATIENCE = Duration.ofSeconds(2);

    private final JobReading reading;
    private final RunAdmission admission;
    private final ForecastTurn turns;
    private final Runs runs;
    private final Engines engines;
    private final EngineBinaries binaries;
    private final CliVersions versions;
    private final ModelCatalogue models;
    private final RunSettings settings;

    public ExplainRun(
            SkillStore skills,
            Engines engines,
            ModelCatalogue models,
            SchemaValidator schemas,
            RunAdmission admission,
            ForecastTurn turns,
            Runs runs,
            EngineBinaries binaries,
            CliVersions versions,
            IdSource ids,
            Clock clock,
            RunSettings settings) {
        this.reading = new JobReading(skills, new RequestChecks(engines, models, schemas, settings), ids, clock);
        this.admission = Objects.requireNonNull(admission);
        this.turns = Objects.requireNonNull(turns);
        this.runs = Objects.requireNonNull(runs);
        this.engines = Objects.requireNonNull(engines);
        this.binaries = Objects.requireNonNull(binaries);
        this.versions = Objects.requireNonNull(versions);
        this.models = Objects.requireNonNull(models);
        this.settings = Objects.requireNonNull(settings);
    }

    /**
     * Explains a request.
     *
     * @param command what a client would ask for
     * @return what would happen; what can't be told because of a refusal is empty
     */
    public Explanation explain(CreateRunCommand command) {
        Refusals refusals = Refusals.collected();
        JobReading.Reading read = reading.read(command, refusals);
        Optional<RunRequest> request = read.request();
        int waiting = runs.countQueued();
        Optional<Explanation.Cached> cache = Optional.empty();
        List<String> warnings = new ArrayList<>();
        if (request.isPresent() && read.awaitsFiles()) {
            cache = request.get().isReusable()
                    ? Optional.of(new Explanation.Cached(Optional.empty(), false))
                    : Optional.empty();
            refusals.check(() -> admission.foresee(request.get())).ifPresent(warnings::addAll);
        } else if (request.isPresent()) {
            RunAdmission.Question question =
                    admission.question(request.get(), read.skill().orElseThrow());
            boolean hit = question.earlier().isPresent();
            cache = question.asking().cacheKey().map(key -> new Explanation.Cached(Optional.of(key), hit));
            if (!hit) {
                refusals.check(() -> admission.ready(request.get())).ifPresent(warnings::addAll);
                refusals.passes(() -> admission.refuseIfFull(waiting));
            }
        }
        boolean waits = request.isPresent()
                && refusals.noted().isEmpty()
                && cache.filter(Explanation.Cached::hit).isEmpty();
        Optional<TurnForecast> turn = request.map(asked ->
                turns.forecast(asked, read.skill().orElseThrow(), read.driver().orElseThrow()));
        Optional<ModelSpec> model = request.flatMap(RunRequest::model);
        return new Explanation(
                turn.map(TurnForecast::command).orElse(List.of()),
                turn.map(TurnForecast::environment).orElse(List.of()),
                read.driver().flatMap(this::cli),
                model.map(ModelSpec::text),
                model.flatMap(chosen -> models.servedBy(request.orElseThrow().engine())),
                turn.flatMap(TurnForecast::prompt),
                read.skill().map(ExplainRun::files).orElse(List.of()),
                cache,
                new Explanation.Queue(waits ? Optional.of(waiting + 1) : Optional.empty(), waiting, settings.slots()),
                warnings,
                refusals.noted(),
                failures(command, read.skill(), turn));
    }

    private List<ForeseenFailure> failures(
            CreateRunCommand command, Optional<InstalledSkill> skill, Optional<TurnForecast> turn) {
        List<ForeseenFailure> failures = new ArrayList<>();
        skill.flatMap(found -> {
                    Map<String, Object> parameter = JobReading.parameter(found, command);
                    return turns.parameterFailure(found, parameter);
                })
                .ifPresent(failures::add);
        turn.ifPresent(planned -> failures.addAll(planned.failures()));
        return failures;
    }

    private Optional<Explanation.Cli> cli(EngineDriver driver) {
        EngineId engine = driver.engine();
        return engines.cli(engine)
                .map(cli -> new Explanation.Cli(
                        versions.evident(engine, VERSION_PATIENCE),
                        binaries.locate(cli.binaryNames()).source()));
    }

    private static List<Explanation.ExpectedFile> files(InstalledSkill skill) {
        InputContract contract = skill.inputContract();
        List<Explanation.ExpectedFile> files = new ArrayList<>();
        contract.fileKeys()
                .forEach(key -> files.add(new Explanation.ExpectedFile(
                        key, contract.requiredFileKeys().contains(key))));
        if (contract.takesOtherFiles()) {
            files.add(new Explanation.ExpectedFile(Explanation.ExpectedFile.ANY, false));
        }
        return files;
    }
}
