package skillrunner.embedding.skill;

import java.nio.file.Path;
import java.util.List;
import skillrunner.application.engine.Engines;
import skillrunner.application.skill.BrowseSkills;
import skillrunner.application.skill.FindSkillInstall;
import skillrunner.application.skill.InstallSkillPackage;
import skillrunner.application.skill.ReconcileInstalls;
import skillrunner.application.skill.SkillInstalls;
import skillrunner.application.skill.SkillPackages;
import skillrunner.application.skill.SkillStore;
import skillrunner.embedding.background.Basics;
import skillrunner.embedding.settings.ArchiveSettings;
import skillrunner.embedding.settings.StorageSettings;
import skillrunner.workspace.file.FilesystemFolderBrowser;
import skillrunner.workspace.json.NetworkntSchemas;
import skillrunner.workspace.skill.FilesystemSkillPackages;
import skillrunner.workspace.skill.FilesystemSkillStore;
import skillrunner.workspace.skill.PackageInspection;
import skillrunner.workspace.zip.ZipIntake;

/** Everything of a runner that has to do with skills: installing, listing and showing them. */
public final class SkillCapability implements AutoCloseable {
    private final NetworkntSchemas schemas = new NetworkntSchemas();
    private final PackageInspection inspection;
    private final FilesystemSkillStore store;
    private final BrowseSkills browse;
    private final InstallSkillPackage install;
    private final ReconcileInstalls reconcile;
    private final FindSkillInstall find;

    private SkillCapability(Basics basics, Engines engines, SkillInstalls installs) {
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

    /**
     * Wires it. Reads no skill yet.
     *
     * @param basics what it stands on
     * @param engines the engines there are
     * @param installs remembers installations
     * @return the capability, to be closed
     */
    public static SkillCapability wire(Basics basics, Engines engines, SkillInstalls installs) {
        return new SkillCapability(basics, engines, installs);
    }

    /**
     * Returns the skills that can be run.
     *
     * @return them
     */
    public SkillStore store() {
        return store;
    }

    /**
     * Returns what examines the files of a skill.
     *
     * @return it
     */
    public PackageInspection inspection() {
        return inspection;
    }

    /**
     * Returns what holds values to JSON Schemas.
     *
     * @return it
     */
    public NetworkntSchemas schemas() {
        return schemas;
    }

    /**
     * Returns what shows skills and their files.
     *
     * @return it
     */
    public BrowseSkills browse() {
        return browse;
    }

    /**
     * Returns what installs a package.
     *
     * @return it
     */
    public InstallSkillPackage install() {
        return install;
    }

    /**
     * Returns what tells how an installation stands.
     *
     * @return it
     */
    public FindSkillInstall find() {
        return find;
    }

    /** Ends what an earlier runner left. To be called before anybody may ask. */
    public void recover() {
        reconcile.reconcile();
    }

    @Override
    public void close() {
        install.close();
    }
}
