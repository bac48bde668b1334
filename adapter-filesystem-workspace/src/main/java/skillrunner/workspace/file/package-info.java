/** Paths that can't lead outside, and files that are never half written. Safe for concurrent use. */
@NullMarked
package skillrunner.workspace.file;

import org.jspecify.annotations.NullMarked;
