/**
 * Runs, from the request to the receipt. {@link skillrunner.application.run.CreateRun} admits, {@link
 * skillrunner.application.run.RunDispatcher} gives slots, {@link skillrunner.application.run.RunExecution} carries one
 * run to its end, {@link skillrunner.application.run.FollowRun} shows it live.
 *
 * <p>The files that the engine's process writes are the truth about its output, the database is the truth about state.
 * Effects come in one order: bytes, result files, status, wake-up. So whoever sees a final status has everything.
 */
@NullMarked
package skillrunner.application.run;

import org.jspecify.annotations.NullMarked;
