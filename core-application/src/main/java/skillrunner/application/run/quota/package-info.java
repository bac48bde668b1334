/** How much of the machine a run takes, and who looks at it. */
@NullMarked
package skillrunner.application.run.quota;

import org.jspecify.annotations.NullMarked;
