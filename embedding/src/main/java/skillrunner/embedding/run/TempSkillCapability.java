package skillrunner.embedding.run;

import java.time.Clock;
import skillrunner.application.run.Runs;
import skillrunner.application.run.temporary.RemoveTempSkill;
import skillrunner.application.run.temporary.RequestedSkills;
import skillrunner.application.run.temporary.SweepTempSkills;
import skillrunner.application.run.temporary.TempPackages;
import skillrunner.application.skill.SkillStore;
import skillrunner.domain.run.TempFilesPolicy;
import skillrunner.embedding.background.Basics;
import skillrunner.embedding.settings.ArchiveSettings;
import skillrunner.embedding.settings.TempSkillSettings;
import skillrunner.embedding.skill.SkillCapability;
import skillrunner.workspace.skill.FilesystemTempPackages;
import skillrunner.workspace.skill.PackageInspection;
import skillrunner.workspace.zip.ZipIntake;
import skillrunner.workspace.zip.ZipLimits;

/** Everything of a runner that has to do with the files of skills that come with a single request. */
final class TempSkillCapability {
    private final TempPackages packages;
    private final RequestedSkills requested;
    private final SweepTempSkills sweep;

    private TempSkillCapability(Basics basics, Runs runs, SkillStore installed, PackageInspection inspection) {
        TempSkillSettings settings = basics.settings().tempSkills();
        Clock clock = basics.clock();
        this.packages = new FilesystemTempPackages(
                basics.settings().storage().data().resolve("temp_skill_runs"),
                intake(settings, basics.settings().archives()),
                inspection);
        this.requested = new RequestedSkills(installed, packages);
        this.sweep = new SweepTempSkills(
                runs,
                packages,
                new TempFilesPolicy(settings.retention()),
                settings.sweepInterval(),
                basics.threads(),
                clock);
    }

    static TempSkillCapability wire(Basics basics, Runs runs, SkillCapability skills) {
        return new TempSkillCapability(basics, runs, skills.store(), skills.inspection());
    }

    private static ZipIntake intake(TempSkillSettings settings, ArchiveSettings archives) {
        ZipLimits limits =
                archives.packages().withArchiveBytes(settings.packageBytes().orElse(Long.MAX_VALUE));
        return new ZipIntake(limits, archives.nameCharset());
    }

    TempPackages packages() {
        return packages;
    }

    RequestedSkills requested() {
        return requested;
    }

    RemoveTempSkill removal() {
        return new RemoveTempSkill(packages);
    }

    /** Removes what an earlier runner left. To be called before anybody may ask. */
    void recover() {
        sweep.sweepAtStart();
    }

    /** Begins to look for what should be gone. */
    void start() {
        sweep.start();
    }
}
