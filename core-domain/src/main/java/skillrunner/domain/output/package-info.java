/**
 * What an engine says while it works, as events with the place in its output that each came from. The raw bytes are the
 * truth; an event can be read out of them again. Start at {@link skillrunner.domain.output.EngineEvent}.
 */
@NullMarked
package skillrunner.domain.output;

import org.jspecify.annotations.NullMarked;
