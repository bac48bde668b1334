/** What engines write, byte for byte: read while it grows, shown live, proven. */
@NullMarked
package skillrunner.application.run.output;

import org.jspecify.annotations.NullMarked;
