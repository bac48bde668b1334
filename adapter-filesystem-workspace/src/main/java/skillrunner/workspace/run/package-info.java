/**
 * The room for the run directory. {@link skillrunner.workspace.run.RunLayout} says where everything lies, and nobody else does;
 * the other classes each do one thing there. An agent may write its workspace, so what lies there is opened as {@link
 * skillrunner.files.UntrustedFolder}; output and records beside it are the server's own, and links there count as no file.
 * Safe for concurrent use on different runs.
 */
@NullMarked
package skillrunner.workspace.run;

import org.jspecify.annotations.NullMarked;
