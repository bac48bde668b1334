/**
 * Starting and ending. A small POSIX shell script, the shim, stands between the server and each CLI: it lives in a session
 * of its own, records who it is and, at the end, how the CLI ended. The kernel writes the CLI's output straight to files.
 */
@NullMarked
package skillrunner.process.launch;

import org.jspecify.annotations.NullMarked;
