package skillrunner.http.skill;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import skillrunner.application.skill.FindSkillInstall;
import skillrunner.application.skill.InstallSkillPackage;
import skillrunner.http.MultipartFile;
import skillrunner.http.load.Load;

/** {@code /v1/skill-packages}. */
public final class SkillPackageRoutes {
    private final InstallSkillPackage install;
    private final FindSkillInstall find;

    /**
     * Takes its collaborators.
     *
     * @param install takes packages
     * @param find shows installations
     */
    public SkillPackageRoutes(InstallSkillPackage install, FindSkillInstall find) {
        this.install = Objects.requireNonNull(install);
        this.find = Objects.requireNonNull(find);
    }

    /**
     * Registers the routes.
     *
     * @param routes where
     */
    public void register(RoutesConfig routes) {
        routes.post("/v1/skill-packages/install", this::install, Load.UPLOAD);
        routes.get("/v1/skill-packages/{request_id}", this::find);
    }

    private void install(Context ctx) throws IOException {
        try (InputStream archive = MultipartFile.open(ctx)) {
            ctx.json(SkillInstallJson.Created.of(install.accept(archive)));
        }
    }

    private void find(Context ctx) {
        ctx.json(SkillInstallJson.of(find.find(ctx.pathParam("request_id"))));
    }
}
