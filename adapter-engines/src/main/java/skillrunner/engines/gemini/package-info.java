/**
 * Google's gemini: what it takes to look after it, how it is called, and how its JSON lines are read. Start at
 * {@link skillrunner.engines.gemini.GeminiDriver}.
 */
@NullMarked
package skillrunner.engines.gemini;

import org.jspecify.annotations.NullMarked;
