/** An engine's own interface, shown to a person in a terminal. */
@NullMarked
package skillrunner.domain.terminal;

import org.jspecify.annotations.NullMarked;
