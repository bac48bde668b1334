/** A run as one archive, for whoever takes it elsewhere. Start at {@link skillrunner.application.run.bundle.OpenRunBundle}. */
@NullMarked
package skillrunner.application.run.bundle;

import org.jspecify.annotations.NullMarked;
