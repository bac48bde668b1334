/** Requests, runs, their processes and their files in memory, and the contracts every real store is held to. Start at {@link skillrunner.testkit.run.CoreOnFakes}. */
@NullMarked
package skillrunner.testkit.run;

import org.jspecify.annotations.NullMarked;
