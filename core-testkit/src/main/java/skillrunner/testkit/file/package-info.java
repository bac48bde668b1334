/** A folder in memory. */
@NullMarked
package skillrunner.testkit.file;

import org.jspecify.annotations.NullMarked;
