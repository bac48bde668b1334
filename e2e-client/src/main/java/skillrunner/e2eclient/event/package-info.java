/** Passing a run's stream of events on to a browser. */
@NullMarked
package skillrunner.e2eclient.event;

import org.jspecify.annotations.NullMarked;
