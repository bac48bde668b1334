/**
 * Skills and runs on disk. Every path that comes from outside goes through {@link skillrunner.workspace.file.SafePath},
 * every file that is replaced through {@link skillrunner.workspace.file.AtomicFiles}.
 */
@NullMarked
package skillrunner.workspace;

import org.jspecify.annotations.NullMarked;
