/** The program: settings, wiring, start and stop. Start at {@link skillrunner.app.Main}. */
@NullMarked
package skillrunner.app;

import org.jspecify.annotations.NullMarked;
