package skillrunner.mcp.tool;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skillrunner.application.run.admission.Acceptance;
import skillrunner.application.skill.InstalledSkill;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.Excerpt;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.run.IdempotencyKey;
import skillrunner.domain.run.RequestId;
import skillrunner.domain.skill.SkillId;
import skillrunner.mcp.resource.Artifacts;

/** The skills that can be run, as tools. Safe for concurrent use. */
final class SkillTools {
    private static final Logger LOG = LoggerFactory.getLogger(SkillTools.class);
    private static final int LONGEST_DESCRIPTION = 4_000;

    private final RunUseCases runs;
    private final InputArchive archive;
    private final Following following;

    SkillTools(RunUseCases runs, Following following) {
        this.runs = runs;
        this.archive = new InputArchive(new Artifacts(runs.find(), runs.artifacts()));
        this.following = following;
    }

    /** All of them, by name. */
    List<ToolSpec> list() {
        List<ToolSpec> tools = new ArrayList<>();
        for (InstalledSkill skill : runs.skills().list()) {
            tools.add(spec(skill));
        }
        return tools;
    }

    /** A skill by the name of its tool. */
    Optional<InstalledSkill> find(String name) {
        Optional<InstalledSkill> direct = SkillId.parse(name)
                .flatMap(runs.skills()::find)
                .filter(skill -> ToolName.of(skill.manifest().id()).equals(name));
        return direct.isPresent()
                ? direct
                : runs.skills().list().stream()
                        .filter(skill -> ToolName.of(skill.manifest().id()).equals(name))
                        .findFirst();
    }

    /**
     * Starts a run of a skill.
     *
     * @throws RuntimeException if nothing was started; a refusal says why
     */
    StartedCall call(
            InstalledSkill skill,
            Map<String, ? extends @Nullable Object> arguments,
            Optional<IdempotencyKey> key,
            Caller caller,
            Consumer<ToolAnswer> done) {
        SkillArguments read = SkillArguments.read(skill, engines(skill), arguments);
        Map<String, byte[]> files = archive.contents(read.files());
        Acceptance accepted = runs.create().create(read.command(), key);
        RequestId request = accepted.request();
        LOG.info("a tool call asked for {}: request {}", skill.manifest().id(), request);
        if (accepted.status().isEmpty()) {
            try {
                upload(request, files);
            } catch (RuntimeException e) {
                done.accept(Refused.answer(e, Optional.of(request)));
                return StartedCall.OVER;
            }
        }
        return following.own(request, read.patience(), caller, done);
    }

    private void upload(RequestId request, Map<String, byte[]> files) {
        try {
            runs.upload().upload(request, InputArchive.pack(files));
        } catch (RefusedException e) {
            // The call was made before under the same key, and its run has its files.
            if (e.refusal().code() != ErrorCode.RUN_ALREADY_STARTED) {
                throw e;
            }
        } catch (IOException e) {
            throw new IllegalStateException("memory does not break off", e);
        }
    }

    private ToolSpec spec(InstalledSkill skill) {
        String name = ToolName.of(skill.manifest().id());
        String description = skill.manifest().description().isBlank()
                ? "Runs the skill " + skill.manifest().id() + "."
                : skill.manifest().description();
        return new ToolSpec(
                name,
                Shown.line(skill.manifest().name()),
                Excerpt.of(Shown.text(description), LONGEST_DESCRIPTION),
                ToolSchema.of(skill, engines(skill)),
                RunReport.schema(),
                false);
    }

    /** The engines of this server it can be run on. */
    private List<EngineId> engines(InstalledSkill skill) {
        return skill.manifest().effectiveEngines(runs.engines().known()).stream()
                .filter(engine -> runs.engines().usable(engine).isPresent())
                .toList();
    }
}
