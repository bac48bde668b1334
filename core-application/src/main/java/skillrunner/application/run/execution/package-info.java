/** A run from its slot to its end: slots, stepping, taking up after a restart, the wish to end it. */
@NullMarked
package skillrunner.application.run.execution;

import org.jspecify.annotations.NullMarked;
