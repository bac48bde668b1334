/**
 * Skills as tools for other agents, by the Model Context Protocol. {@link skillrunner.mcp.McpEndpoint} is what the server's port hands its
 * requests to; it opens {@code session}, where messages come and go, {@code tool} and {@code resource}, which answer them, when the first
 * of them comes. {@code bridge} is the other end, for agents that talk over pipes.
 */
@NullMarked
package skillrunner.mcp;

import org.jspecify.annotations.NullMarked;
