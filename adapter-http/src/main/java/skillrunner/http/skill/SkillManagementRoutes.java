package skillrunner.http.skill;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Objects;
import java.util.Optional;
import skillrunner.application.engine.Engines;
import skillrunner.application.skill.BrowseSkills;
import skillrunner.application.skill.SkillEntry;
import skillrunner.http.load.Load;

/** {@code /v1/management/skills}: what a person who looks after skills needs, damaged skills included. */
public final class SkillManagementRoutes {
    private static final String SKILL = "/v1/management/skills/{skill_id}";

    private final BrowseSkills skills;
    private final Engines engines;

    /**
     * Takes its collaborators.
     *
     * @param skills what the routes call
     * @param engines every engine there is
     */
    public SkillManagementRoutes(BrowseSkills skills, Engines engines) {
        this.skills = Objects.requireNonNull(skills);
        this.engines = Objects.requireNonNull(engines);
    }

    /**
     * Registers the routes.
     *
     * @param routes where
     */
    public void register(RoutesConfig routes) {
        routes.get("/v1/management/skills", ctx -> ctx.json(list()), Load.LIST);
        routes.get(SKILL, ctx -> ctx.json(detailed(skill(ctx))), Load.LIST);
        routes.get(SKILL + "/schemas", this::schemas, Load.LIST);
        routes.get(SKILL + "/files", this::files, Load.LIST);
        routes.get(SKILL + "/file", this::preview, Load.LIST);
    }

    SkillStateJson.Listed list() {
        return new SkillStateJson.Listed(
                skills.list().stream().map(this::summary).toList());
    }

    SkillStateJson summary(SkillEntry skill) {
        return SkillStateJson.of(skill, engines.known());
    }

    SkillStateJson.Detailed detailed(SkillEntry skill) {
        return SkillStateJson.Detailed.of(skill, skills.files(skill), engines.known());
    }

    SkillEntry skill(Context ctx) {
        return skills.find(ctx.pathParam("skill_id"));
    }

    /** The path in the query. A missing one is as good as a blank one, which the browser of files refuses. */
    static String path(Context ctx) {
        return Optional.ofNullable(ctx.queryParam("path")).orElse("");
    }

    private void schemas(Context ctx) {
        String id = ctx.pathParam("skill_id");
        ctx.json(SkillStateJson.Schemas.of(id, skills.schemas(id)));
    }

    private void files(Context ctx) {
        SkillEntry skill = skill(ctx);
        ctx.json(SkillStateJson.Files.of(skill, skills.files(skill)));
    }

    private void preview(Context ctx) {
        SkillEntry skill = skill(ctx);
        String path = path(ctx);
        ctx.json(SkillStateJson.Preview.of(skill, path, skills.preview(skill, path)));
    }
}
