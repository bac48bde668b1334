/**
 * A model server on loopback whose answers are scripted, so that real agent CLIs can be run without a network. Start at
 * {@code StandInModelServer}.
 */
@NullMarked
package skillrunner.standin;

import org.jspecify.annotations.NullMarked;
