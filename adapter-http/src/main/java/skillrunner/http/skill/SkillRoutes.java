package skillrunner.http.skill;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Objects;
import skillrunner.application.engine.Engines;
import skillrunner.application.skill.SkillStore;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.skill.SkillId;
import skillrunner.http.load.Load;

/** {@code /v1/skills}. */
public final class SkillRoutes {
    private final SkillStore skills;
    private final Engines engines;

    public SkillRoutes(SkillStore skills, Engines engines) {
        this.skills = Objects.requireNonNull(skills);
        this.engines = Objects.requireNonNull(engines);
    }

    /**
     * Registers the routes.
     *
     * @param routes where
     */
    public void register(RoutesConfig routes) {
        routes.get("/v1/skills", this::list, Load.LIST);
        routes.get("/v1/skills/{skill_id}", this::find);
    }

    private void list(Context ctx) {
        List<SkillJson> all = skills.list().stream()
                .map(skill -> SkillJson.of(skill.manifest(), engines.known()))
                .toList();
        ctx.json(all);
    }

    private void find(Context ctx) {
        ctx.json(SkillId.parse(ctx.pathParam("skill_id"))
                .flatMap(skills::find)
                .map(skill -> SkillJson.of(skill.manifest(), engines.known()))
                .orElseThrow(() -> new RefusedException(ErrorCode.SKILL_NOT_FOUND, "There is no skill with this id")));
    }
}
