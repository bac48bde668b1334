/** Upgrade tasks in memory, a scripted upgrader, and the contract every real store is held to. */
@NullMarked
package skillrunner.testkit.upgrade;

import org.jspecify.annotations.NullMarked;
