package skillrunner.app;

import io.javalin.config.RoutesConfig;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import skillrunner.app.settings.Settings;
import skillrunner.application.background.BackgroundTasks;
import skillrunner.application.background.IdSource;
import skillrunner.application.json.JsonText;
import skillrunner.application.skill.FindSkillInstall;
import skillrunner.application.skill.InstallSkillPackage;
import skillrunner.application.skill.ReconcileInstalls;
import skillrunner.application.skill.SkillInstalls;
import skillrunner.application.skill.SkillPackages;
import skillrunner.http.page.Pages;
import skillrunner.http.skill.SkillInstallPages;
import skillrunner.http.skill.SkillPackageRoutes;
import skillrunner.workspace.skill.FilesystemSkillPackages;
import skillrunner.workspace.skill.PackageInspection;
import skillrunner.workspace.zip.ZipIntake;

/** Everything of a server that has to do with installing skills. */
final class SkillCapability implements AutoCloseable {
    private final InstallSkillPackage install;
    private final ReconcileInstalls reconcile;
    private final FindSkillInstall find;

    private SkillCapability(
            SkillInstalls installs, SkillPackages packages, BackgroundTasks background, IdSource ids, Clock clock) {
        this.install = new InstallSkillPackage(installs, packages, background, ids, clock);
        this.reconcile = new ReconcileInstalls(installs, packages, background, clock);
        this.find = new FindSkillInstall(installs);
    }

    static SkillCapability wire(
            Settings settings,
            PackageInspection inspection,
            SkillInstalls installs,
            JsonText json,
            BackgroundTasks background,
            IdSource ids,
            Clock clock) {
        Path requests = settings.storage().data().resolve("skill_installs").resolve("requests");
        SkillPackages packages = new FilesystemSkillPackages(
                requests,
                settings.storage().skills(),
                new ZipIntake(
                        settings.archives().packages(), settings.archives().nameCharset()),
                inspection,
                json,
                clock);
        return new SkillCapability(installs, packages, background, ids, clock);
    }

    /** The routes and pages. */
    List<Consumer<RoutesConfig>> routes(Pages pages) {
        return List.of(
                new SkillPackageRoutes(install, find)::register, new SkillInstallPages(install, find, pages)::register);
    }

    /** Ends what an earlier server left. To be called before the port is open. */
    void recover() {
        reconcile.reconcile();
    }

    @Override
    public void close() {
        install.close();
    }
}
