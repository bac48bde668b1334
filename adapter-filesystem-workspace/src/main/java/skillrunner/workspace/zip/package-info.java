/** Archives from outside. Safe for concurrent use. */
@NullMarked
package skillrunner.workspace.zip;

import org.jspecify.annotations.NullMarked;
