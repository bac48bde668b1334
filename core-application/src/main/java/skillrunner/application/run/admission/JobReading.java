package skillrunner.application.run.admission;

import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import skillrunner.application.background.IdSource;
import skillrunner.application.engine.EngineDriver;
import skillrunner.application.skill.InstalledSkill;
import skillrunner.application.skill.SkillStore;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.model.ModelSpec;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.run.RequestId;
import skillrunner.domain.run.RequestKind;
import skillrunner.domain.run.RunRequest;
import skillrunner.domain.run.RuntimeOptions;
import skillrunner.domain.skill.SchemaDefaults;
import skillrunner.domain.skill.SchemaKind;
import skillrunner.domain.skill.SkillId;

/** Reads what a client asks for into a request; the one place that knows all its checks and their order. Safe for concurrent use. */
final class JobReading {
    private final SkillStore skills;
    private final RequestChecks checks;
    private final IdSource ids;
    private final Clock clock;

    JobReading(SkillStore skills, RequestChecks checks, IdSource ids, Clock clock) {
        this.skills = Objects.requireNonNull(skills);
        this.checks = Objects.requireNonNull(checks);
        this.ids = Objects.requireNonNull(ids);
        this.clock = Objects.requireNonNull(clock);
    }

    /**
     * What was read.
     *
     * @param skill the skill, if it is there
     * @param driver the driver of the engine, if it is in use
     * @param request the request, if no check refused
     * @param awaitsFiles whether the run waits for an upload
     */
    record Reading(
            Optional<InstalledSkill> skill,
            Optional<EngineDriver> driver,
            Optional<RunRequest> request,
            boolean awaitsFiles) {}

    /** Makes every check that can be made. */
    Reading read(CreateRunCommand command, Refusals refusals) {
        Optional<InstalledSkill> skill = refusals.check(() -> skill(command.skillId()));
        Optional<EngineId> engine = refusals.check(() -> checks.engine(command.engine()));
        boolean supported = skill.isPresent()
                && engine.isPresent()
                && refusals.passes(() -> checks.support(skill.get().manifest(), engine.get()));
        Optional<EngineDriver> driver = engine.flatMap(name -> refusals.check(() -> checks.driver(name)));
        Map<String, Object> presets =
                skill.map(found -> found.manifest().defaultOptions()).orElse(Map.of());
        Optional<RuntimeOptions> options = refusals.check(() -> checks.options(presets, command.runtimeOptions()));
        Optional<Optional<ModelSpec>> model =
                driver.flatMap(found -> refusals.check(() -> checks.model(found, command.model())));
        boolean inMode = skill.isPresent()
                && driver.isPresent()
                && options.isPresent()
                && refusals.passes(() -> RequestChecks.mode(
                        skill.get().manifest(), driver.get(), options.get().executionMode()));
        Optional<Map<String, Object>> input = skill.flatMap(
                found -> refusals.check(() -> checks.inlineInput(command.input(), found.inputContract())));
        boolean awaitsFiles = command.awaitUpload()
                || skill.filter(found ->
                                !found.inputContract().requiredFileKeys().isEmpty())
                        .isPresent();
        Optional<RunRequest> request = supported && inMode && model.isPresent() && input.isPresent()
                ? Optional.of(new RunRequest(
                        new RequestId(ids.next()),
                        RequestKind.JOB,
                        skill.get().manifest().id(),
                        engine.get(),
                        model.get(),
                        input.get(),
                        parameter(skill.get(), command),
                        options.get(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        clock.instant()))
                : Optional.empty();
        return new Reading(skill, driver, request, awaitsFiles);
    }

    /** The parameters of a request, with the defaults of those that the client left out. */
    static Map<String, Object> parameter(InstalledSkill skill, CreateRunCommand command) {
        return SchemaDefaults.filled(skill.schema(SchemaKind.PARAMETER), command.parameter());
    }

    private InstalledSkill skill(String id) {
        return SkillId.parse(id)
                .flatMap(skills::find)
                .orElseThrow(() -> new RefusedException(
                        ErrorCode.SKILL_NOT_FOUND, "There is no skill with the id '" + shown(id) + "'"));
    }

    /** Ids from outside go into messages only as far as they could be real ones. */
    private static String shown(String id) {
        return id.length() <= 64 ? id : id.substring(0, 64) + "...";
    }
}
