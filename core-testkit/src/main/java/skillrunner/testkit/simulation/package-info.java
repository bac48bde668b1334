/**
 * A whole server, its clients, its agents and its bad luck under one seed: {@link
 * skillrunner.testkit.simulation.Simulation} decides the order of all steps, the failures, the crashes and the time, and
 * checks after each step what must always hold. The same seed gives the same story.
 */
@NullMarked
package skillrunner.testkit.simulation;

import org.jspecify.annotations.NullMarked;
