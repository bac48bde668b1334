/** A clock that stands still until a test moves it. Start at {@link skillrunner.testkit.clock.ManualClock}. */
@NullMarked
package skillrunner.testkit.clock;

import org.jspecify.annotations.NullMarked;
