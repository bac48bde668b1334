/** Engines on the wire and as pages: where their CLIs stand, what models they have, how they are upgraded. */
@NullMarked
package skillrunner.http.engine;

import org.jspecify.annotations.NullMarked;
