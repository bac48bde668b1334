/** JSON text and JSON Schema. Safe for concurrent use. */
@NullMarked
package skillrunner.workspace.json;

import org.jspecify.annotations.NullMarked;
