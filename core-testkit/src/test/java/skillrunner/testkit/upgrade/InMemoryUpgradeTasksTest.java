package skillrunner.testkit.upgrade;

import skillrunner.application.upgrade.UpgradeTasks;

class InMemoryUpgradeTasksTest extends UpgradeTasksContract {
    @Override
    protected UpgradeTasks emptyStore() {
        return new InMemoryUpgradeTasks();
    }
}
