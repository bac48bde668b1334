/** Prompt templates. Safe for concurrent use. */
@NullMarked
package skillrunner.workspace.prompt;

import org.jspecify.annotations.NullMarked;
