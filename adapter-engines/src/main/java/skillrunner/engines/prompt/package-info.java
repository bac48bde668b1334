/** What the default prompts of all engines say. */
@NullMarked
package skillrunner.engines.prompt;

import org.jspecify.annotations.NullMarked;
