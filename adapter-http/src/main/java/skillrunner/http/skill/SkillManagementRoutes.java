package skillrunner.http.skill;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Objects;
import skillrunner.application.skill.BrowseSkills;
import skillrunner.application.skill.SkillOverview;
import skillrunner.http.file.FileQuery;
import skillrunner.http.load.Load;

/** {@code /v1/management/skills}: what a person who looks after skills needs, damaged skills included. */
public final class SkillManagementRoutes {
    private static final String SKILL = "/v1/management/skills/{skill_id}";

    private final BrowseSkills skills;

    public SkillManagementRoutes(BrowseSkills skills) {
        this.skills = Objects.requireNonNull(skills);
    }

    /**
     * Registers the routes.
     *
     * @param routes where
     */
    public void register(RoutesConfig routes) {
        routes.get("/v1/management/skills", ctx -> ctx.json(SkillStateJson.Listed.of(skills.list())), Load.LIST);
        routes.get(SKILL, this::skill, Load.LIST);
        routes.get(SKILL + "/schemas", this::schemas, Load.LIST);
        routes.get(SKILL + "/files", this::files, Load.LIST);
        routes.get(SKILL + "/file", this::preview, Load.LIST);
    }

    private void skill(Context ctx) {
        SkillOverview skill = skills.find(SkillPath.id(ctx));
        ctx.json(SkillStateJson.Detailed.of(skill, skills.files(skill)));
    }

    private void schemas(Context ctx) {
        String id = SkillPath.id(ctx);
        ctx.json(SkillStateJson.Schemas.of(id, skills.schemas(id)));
    }

    private void files(Context ctx) {
        SkillOverview skill = skills.find(SkillPath.id(ctx));
        ctx.json(SkillStateJson.Files.of(skill, skills.files(skill)));
    }

    private void preview(Context ctx) {
        SkillOverview skill = skills.find(SkillPath.id(ctx));
        String path = FileQuery.path(ctx);
        ctx.json(SkillStateJson.Preview.of(skill, path, skills.preview(skill, path)));
    }
}
