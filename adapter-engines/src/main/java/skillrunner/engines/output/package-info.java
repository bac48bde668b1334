/** What the parsers of all engines need: lines, JSON lines, and signs of a missing sign-in, in bounded memory. */
@NullMarked
package skillrunner.engines.output;

import org.jspecify.annotations.NullMarked;
