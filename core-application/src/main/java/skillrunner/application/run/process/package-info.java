/** The processes of attempts, as the core sees them: who they are, whether they work, how they are started and ended. */
@NullMarked
package skillrunner.application.run.process;

import org.jspecify.annotations.NullMarked;
