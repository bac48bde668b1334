/**
 * Runs as folders. {@link skillrunner.workspace.run.RunLayout} says where everything lies; the other classes each do one
 * thing there. Safe for concurrent use on different runs.
 */
@NullMarked
package skillrunner.workspace.run;

import org.jspecify.annotations.NullMarked;
