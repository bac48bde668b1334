/** Skills that came with a single request: their files, until its run has ended. Start at {@link skillrunner.application.run.temporary.TempPackages}. */
@NullMarked
package skillrunner.application.run.temporary;

import org.jspecify.annotations.NullMarked;
