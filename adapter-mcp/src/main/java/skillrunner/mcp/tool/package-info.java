/** Skills as tools: how they are listed, how a call becomes a run, and how the run is told to whoever called. */
@NullMarked
package skillrunner.mcp.tool;

import org.jspecify.annotations.NullMarked;
