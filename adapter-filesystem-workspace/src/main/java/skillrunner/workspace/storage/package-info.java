/** The disk below the data directory. Safe for concurrent use. */
@NullMarked
package skillrunner.workspace.storage;

import org.jspecify.annotations.NullMarked;
