/**
 * Programs that talk to a person on a screen: a sign-in that is driven for its user, an engine's own interface. {@link
 * skillrunner.application.console.Consoles} starts them in pseudo-terminals of this machine.
 */
@NullMarked
package skillrunner.application.console;

import org.jspecify.annotations.NullMarked;
