/**
 * Upgrading engine CLIs. {@link skillrunner.application.upgrade.CreateUpgradeTask} accepts a task and carries it out in the
 * background, {@link skillrunner.application.upgrade.FindUpgradeTask} shows it, {@link
 * skillrunner.application.upgrade.ReconcileUpgrades} ends what an earlier server left.
 */
@NullMarked
package skillrunner.application.upgrade;

import org.jspecify.annotations.NullMarked;
