package skillrunner.http.skill;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import skillrunner.application.skill.BrowseSkills;
import skillrunner.application.skill.FindSkillInstall;
import skillrunner.application.skill.InstallSkillPackage;
import skillrunner.domain.skill.SkillInstall;
import skillrunner.http.MultipartFile;
import skillrunner.http.load.Load;

/** {@code /v1/skill-packages}: installing, also of what lies among the skills without being one. */
public final class SkillPackageRoutes {
    private static final String INSTALLATIONS = "/v1/skill-packages/";

    private final InstallSkillPackage install;
    private final FindSkillInstall find;
    private final BrowseSkills skills;

    public SkillPackageRoutes(InstallSkillPackage install, FindSkillInstall find, BrowseSkills skills) {
        this.install = Objects.requireNonNull(install);
        this.find = Objects.requireNonNull(find);
        this.skills = Objects.requireNonNull(skills);
    }

    /**
     * Registers the routes.
     *
     * @param routes where
     */
    public void register(RoutesConfig routes) {
        routes.post("/v1/skill-packages/install", this::install, Load.UPLOAD);
        routes.get(INSTALLATIONS + "{request_id}", this::find);
        routes.post("/v1/management/skills/{skill_id}/adopt", this::adopt, Load.UPLOAD);
    }

    private void install(Context ctx) throws IOException {
        try (InputStream archive = MultipartFile.open(ctx)) {
            created(ctx, install.accept(archive, AdoptSwitch.read(ctx)));
        }
    }

    private void adopt(Context ctx) {
        created(ctx, install.adopt(skills.find(SkillPath.id(ctx)).entry()));
    }

    private static void created(Context ctx, SkillInstall installation) {
        ctx.header("Location", INSTALLATIONS + installation.id());
        ctx.json(SkillInstallJson.Created.of(installation));
    }

    private void find(Context ctx) {
        ctx.json(SkillInstallJson.of(find.find(ctx.pathParam("request_id"))));
    }
}
