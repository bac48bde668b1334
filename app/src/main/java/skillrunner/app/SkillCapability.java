package skillrunner.app;

import io.javalin.config.RoutesConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import skillrunner.app.settings.ArchiveSettings;
import skillrunner.app.settings.StorageSettings;
import skillrunner.application.engine.Engines;
import skillrunner.application.skill.BrowseSkills;
import skillrunner.application.skill.FindSkillInstall;
import skillrunner.application.skill.InstallSkillPackage;
import skillrunner.application.skill.ReconcileInstalls;
import skillrunner.application.skill.SkillInstalls;
import skillrunner.application.skill.SkillPackages;
import skillrunner.application.skill.SkillStore;
import skillrunner.http.legacy.LegacyRoutes;
import skillrunner.http.page.Pages;
import skillrunner.http.skill.SkillInstallPages;
import skillrunner.http.skill.SkillManagementRoutes;
import skillrunner.http.skill.SkillPackageRoutes;
import skillrunner.http.skill.SkillPages;
import skillrunner.http.skill.SkillRoutes;
import skillrunner.workspace.file.FilesystemFolderBrowser;
import skillrunner.workspace.json.NetworkntSchemas;
import skillrunner.workspace.skill.FilesystemSkillPackages;
import skillrunner.workspace.skill.FilesystemSkillStore;
import skillrunner.workspace.skill.PackageInspection;
import skillrunner.workspace.zip.ZipIntake;

/** Everything of a server that has to do with skills: installing, listing and showing them. */
final class SkillCapability implements AutoCloseable {
    private final Engines engines;
    private final NetworkntSchemas schemas = new NetworkntSchemas();
    private final PackageInspection inspection;
    private final FilesystemSkillStore store;
    private final BrowseSkills browse;
    private final InstallSkillPackage install;
    private final ReconcileInstalls reconcile;
    private final FindSkillInstall find;

    private SkillCapability(Basics basics, Engines engines, SkillInstalls installs) {
        this.engines = engines;
        StorageSettings storage = basics.settings().storage();
        ArchiveSettings archives = basics.settings().archives();
        this.inspection = new PackageInspection(engines.known(), schemas);
        Path requests = storage.data().resolve("skill_installs").resolve("requests");
        SkillPackages packages = new FilesystemSkillPackages(
                requests,
                storage.skills(),
                new ZipIntake(archives.packages(), archives.nameCharset()),
                inspection,
                basics.json(),
                basics.clock());
        this.store = new FilesystemSkillStore(
                List.of(storage.skills(), storage.builtinSkills()), inspection, basics.clock());
        this.browse = new BrowseSkills(store, new FilesystemFolderBrowser(), engines);
        this.install = new InstallSkillPackage(installs, packages, basics.threads(), basics.ids(), basics.clock());
        this.reconcile = new ReconcileInstalls(installs, packages, basics.threads(), basics.clock());
        this.find = new FindSkillInstall(installs);
    }

    static SkillCapability wire(Basics basics, Engines engines, SkillInstalls installs) {
        return new SkillCapability(basics, engines, installs);
    }

    SkillStore store() {
        return store;
    }

    PackageInspection inspection() {
        return inspection;
    }

    NetworkntSchemas schemas() {
        return schemas;
    }

    /** The routes and pages. */
    List<Consumer<RoutesConfig>> routes(Pages pages, LegacyRoutes legacy) {
        return List.of(
                new SkillPackageRoutes(install, find, browse)::register,
                new SkillInstallPages(install, find, browse, pages)::register,
                new SkillRoutes(store, engines)::register,
                new SkillManagementRoutes(browse)::register,
                new SkillPages(browse, pages, legacy)::register);
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
