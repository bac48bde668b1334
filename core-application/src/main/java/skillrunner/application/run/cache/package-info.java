/** Earlier answers, found by what was asked. */
@NullMarked
package skillrunner.application.run.cache;

import org.jspecify.annotations.NullMarked;
