/** The protocol over standard input and output, for agents that start their tools as programs. Knows the wire only. */
@NullMarked
package skillrunner.mcp.bridge;

import org.jspecify.annotations.NullMarked;
