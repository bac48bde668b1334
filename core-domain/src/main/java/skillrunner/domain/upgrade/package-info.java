/**
 * Upgrading engine CLIs: at most one task is queued or running, its engines are upgraded one after another, and it keeps
 * what each of them said. Start at {@link skillrunner.domain.upgrade.UpgradeTask} and {@link
 * skillrunner.domain.upgrade.UpgradeLifecycle}.
 */
@NullMarked
package skillrunner.domain.upgrade;

import org.jspecify.annotations.NullMarked;
