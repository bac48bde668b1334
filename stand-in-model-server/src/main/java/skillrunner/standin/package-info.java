/**
 * A model server on loopback whose answers are scripted, so that real agent CLIs can be run without a network, in tests
 * and in the demo. A {@link skillrunner.standin.Scenario} decides what the model says and knows no vendor; one class per
 * wire format translates. The scenario is chosen by a path prefix of the base URL, so one server plays many models at
 * once. Start at {@link skillrunner.standin.StandInModelServer}.
 */
@NullMarked
package skillrunner.standin;

import org.jspecify.annotations.NullMarked;
