/** Who is connected, and what is said to them: sessions of the protocol over requests of HTTP, bounded in every respect. */
@NullMarked
package skillrunner.mcp.session;

import org.jspecify.annotations.NullMarked;
