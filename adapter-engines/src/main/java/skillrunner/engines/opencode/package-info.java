/**
 * opencode: what it takes to look after it, how it is called, and how its JSON lines are read. Start at
 * {@link skillrunner.engines.opencode.OpencodeDriver}.
 */
@NullMarked
package skillrunner.engines.opencode;

import org.jspecify.annotations.NullMarked;
