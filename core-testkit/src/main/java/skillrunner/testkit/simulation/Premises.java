package skillrunner.testkit.simulation;

import java.util.List;
import skillrunner.application.background.BackgroundTasks;
import skillrunner.application.skill.FindSkillInstall;
import skillrunner.application.skill.InstallSkillPackage;
import skillrunner.application.skill.ReconcileInstalls;
import skillrunner.application.skill.SkillInstalls;
import skillrunner.application.skill.SkillPackages;
import skillrunner.application.upgrade.CreateUpgradeTask;
import skillrunner.application.upgrade.EngineUpgrader;
import skillrunner.application.upgrade.FindUpgradeTask;
import skillrunner.application.upgrade.ReconcileUpgrades;
import skillrunner.application.upgrade.UpgradeTasks;
import skillrunner.domain.engine.EngineId;
import skillrunner.testkit.run.CoreOnFakes;
import skillrunner.testkit.run.PortSeam;

/** One server while it lives: what runs skills, and what looks after skills and CLIs. */
final class Premises {
    final CoreOnFakes.Server runs;
    final InstallSkillPackage installSkill;
    final FindSkillInstall findInstall;
    final CreateUpgradeTask upgrade;
    final FindUpgradeTask findUpgrade;
    private final ReconcileInstalls reconcileInstalls;
    private final ReconcileUpgrades reconcileUpgrades;

    Premises(CoreOnFakes core, Stock stock, BackgroundTasks background, PortSeam seam, EngineUpgrader upgrader) {
        this.runs = core.restartOn(background, seam);
        SkillPackages packages = seam.between(SkillPackages.class, stock.packages);
        SkillInstalls installs = seam.between(SkillInstalls.class, stock.installs);
        UpgradeTasks tasks = seam.between(UpgradeTasks.class, stock.upgrades);
        EngineUpgrader commands = seam.between(EngineUpgrader.class, upgrader);
        this.installSkill = new InstallSkillPackage(installs, packages, background, core.ids, core.clock);
        this.findInstall = new FindSkillInstall(installs);
        this.reconcileInstalls = new ReconcileInstalls(installs, packages, background, core.clock);
        this.upgrade = new CreateUpgradeTask(
                tasks,
                commands,
                List.of(EngineId.CODEX, EngineId.GEMINI),
                EngineId.CODEX::equals,
                engine -> {},
                background,
                core.ids,
                core.clock);
        this.findUpgrade = new FindUpgradeTask(tasks, commands);
        this.reconcileUpgrades = new ReconcileUpgrades(tasks, commands, background, core.clock);
    }

    /** What is done before it listens. @return how many runs were picked up */
    int recover(boolean talks) {
        int recovered = runs.reconcileRuns.reconcile();
        runs.sweepTempSkills.sweepAtStart();
        reconcileUpgrades.reconcile();
        reconcileInstalls.reconcile();
        if (talks) {
            runs.expireInteractions.start();
        }
        return recovered;
    }

    /** Begins to work. */
    void open() {
        runs.dispatcher.start();
    }
}
