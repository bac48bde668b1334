/** What every part of a runner stands on: threads, the clock, ids, and the order in which what was opened is closed. */
@NullMarked
package skillrunner.embedding.background;

import org.jspecify.annotations.NullMarked;
