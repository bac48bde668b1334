/**
 * Work beside the caller's thread, and fresh ids: the two things a use case may not make itself; and what use cases build of
 * them. {@link skillrunner.application.background.StoredTask} is a task whose states are stored, {@link
 * skillrunner.application.background.UntilDone} ends what has to be ended, {@link
 * skillrunner.application.background.SingleFlight} does once what many ask for, and {@link
 * skillrunner.application.background.Errand} is work that may be given up.
 */
@NullMarked
package skillrunner.application.background;

import org.jspecify.annotations.NullMarked;
