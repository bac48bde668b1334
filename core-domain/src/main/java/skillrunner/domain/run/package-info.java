/**
 * The run: one execution of a skill on an engine. Holds its life cycle, the options a client may set, and the verdict on
 * how it ended. Start at {@link skillrunner.domain.run.RunLifecycle} and {@link skillrunner.domain.run.VerdictPolicy}.
 */
@NullMarked
package skillrunner.domain.run;

import org.jspecify.annotations.NullMarked;
