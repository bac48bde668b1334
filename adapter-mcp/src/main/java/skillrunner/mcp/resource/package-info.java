/** What runs left, as resources. */
@NullMarked
package skillrunner.mcp.resource;

import org.jspecify.annotations.NullMarked;
