/**
 * How a runner is to be, and why it can't be so. Start at {@link skillrunner.embedding.settings.RunnerSettings}.
 */
@NullMarked
package skillrunner.embedding.settings;

import org.jspecify.annotations.NullMarked;
