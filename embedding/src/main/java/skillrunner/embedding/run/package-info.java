/** Everything a runner does about runs. Start at {@link skillrunner.embedding.run.RunCapability}. */
@NullMarked
package skillrunner.embedding.run;

import org.jspecify.annotations.NullMarked;
