/** Limits for code that others wrote: schemas, patterns and templates of skills. Safe for concurrent use. */
@NullMarked
package skillrunner.workspace.budget;

import org.jspecify.annotations.NullMarked;
