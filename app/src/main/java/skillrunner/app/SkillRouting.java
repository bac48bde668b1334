package skillrunner.app;

import io.javalin.config.RoutesConfig;
import java.util.List;
import java.util.function.Consumer;
import skillrunner.application.engine.Engines;
import skillrunner.embedding.skill.SkillCapability;
import skillrunner.http.legacy.LegacyRoutes;
import skillrunner.http.page.Pages;
import skillrunner.http.skill.SkillInstallPages;
import skillrunner.http.skill.SkillManagementRoutes;
import skillrunner.http.skill.SkillPackageRoutes;
import skillrunner.http.skill.SkillPages;
import skillrunner.http.skill.SkillRoutes;

/** What a server shows of skills. */
final class SkillRouting {
    private SkillRouting() {}

    /** The routes and pages. */
    static List<Consumer<RoutesConfig>> routes(
            SkillCapability skills, Engines engines, Pages pages, LegacyRoutes legacy) {
        return List.of(
                new SkillPackageRoutes(skills.install(), skills.find(), skills.browse())::register,
                new SkillInstallPages(skills.install(), skills.find(), skills.browse(), pages)::register,
                new SkillRoutes(skills.store(), engines)::register,
                new SkillManagementRoutes(skills.browse())::register,
                new SkillPages(skills.browse(), pages, legacy)::register);
    }
}
