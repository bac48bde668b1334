/** opencode: what it takes to install it, and the list of its models. */
@NullMarked
package skillrunner.engines.opencode;

import org.jspecify.annotations.NullMarked;
