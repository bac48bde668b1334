package skillrunner.testkit.simulation;

import java.util.HashMap;
import java.util.Map;
import skillrunner.domain.skill.InstallId;
import skillrunner.domain.skill.InstallStatus;
import skillrunner.domain.skill.SkillInstall;
import skillrunner.domain.upgrade.UpgradeId;
import skillrunner.domain.upgrade.UpgradeTask;

import static skillrunner.testkit.simulation.Rules.require;

/** What must hold of installations and upgrades at every moment, and what must hold in the end. */
final class StockRules {
    private final Stock stock;
    private final Map<InstallId, SkillInstall> installs = new HashMap<>();
    private final Map<UpgradeId, UpgradeTask> upgrades = new HashMap<>();

    StockRules(Stock stock) {
        this.stock = stock;
    }

    /** To be called after each turn. */
    void checkNow() {
        for (SkillInstall install : stock.installs.all()) {
            SkillInstall earlier = installs.put(install.id(), install);
            if (earlier != null && earlier.status().isTerminal()) {
                require(
                        earlier.equals(install),
                        () -> "an ended installation has changed: " + earlier + " to " + install);
            } else if (install.status().isTerminal()) {
                require(
                        (install.status() == InstallStatus.SUCCEEDED) == stock.packages.wasPublished(install.id()),
                        () -> "the package is " + (stock.packages.wasPublished(install.id()) ? "" : "not ")
                                + "in its place: " + install);
            }
        }
        long active = 0;
        for (UpgradeTask task : stock.upgrades.all()) {
            UpgradeTask earlier = upgrades.put(task.id(), task);
            require(
                    earlier == null || !earlier.status().isTerminal() || earlier.equals(task),
                    () -> "an ended upgrade has changed: " + earlier + " to " + task);
            active += task.status().isTerminal() ? 0 : 1;
        }
        require(active <= 1, () -> "two upgrades at once");
    }

    /** Tells whether everything that was accepted has ended. */
    boolean isQuiet() {
        return stock.installs.open().isEmpty() && stock.upgrades.active().isEmpty();
    }

    /** Names what has not ended. */
    String open() {
        return "" + stock.installs.open() + stock.upgrades.active();
    }

    /** To be called once nothing more happens. */
    void checkAtLast(boolean faultless) {
        require(
                stock.packages.installed().containsKey(Stock.SKILL),
                () -> "the skill is gone, after " + stock.installs.all());
        require(!faultless || stock.packages.isClean(), () -> "something is left of an installation");
    }
}
