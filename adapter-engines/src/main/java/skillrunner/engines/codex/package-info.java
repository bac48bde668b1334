/**
 * OpenAI's codex: how it is called, which settings it gets, and how its JSON lines are read. Start at
 * {@link skillrunner.engines.codex.CodexDriver}.
 */
@NullMarked
package skillrunner.engines.codex;

import org.jspecify.annotations.NullMarked;
