/**
 * Shows an engine's own interface to a person: one session at a time, in a terminal that a page draws. {@link
 * skillrunner.application.terminal.Terminals} begins and ends it.
 */
@NullMarked
package skillrunner.application.terminal;

import org.jspecify.annotations.NullMarked;
