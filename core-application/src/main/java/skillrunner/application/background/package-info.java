/** Work beside the caller's thread, and fresh ids: the two things a use case may not make itself. */
@NullMarked
package skillrunner.application.background;

import org.jspecify.annotations.NullMarked;
