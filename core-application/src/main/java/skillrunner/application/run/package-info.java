/**
 * Runs, from the request to the receipt: what all wings share. A run's way leads through {@link
 * skillrunner.application.run.admission.CreateRun}, {@link skillrunner.application.run.execution.RunDispatcher}, {@link
 * skillrunner.application.run.execution.RunExecution} with {@code turn}, {@code process} and {@code output}, and {@link
 * skillrunner.application.run.result.RunConclusion}; {@link skillrunner.application.run.output.FollowRun} shows it live.
 *
 * <p>The files that the engine's process writes are the truth about its output, the database is the truth about state.
 * Effects come in one order: bytes, result files, status, wake-up. So whoever sees a final status has everything.
 */
@NullMarked
package skillrunner.application.run;

import org.jspecify.annotations.NullMarked;
