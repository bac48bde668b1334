/** Log lines: how one looks, and where it is kept. {@link skillrunner.app.Logging} puts the two together. */
@NullMarked
package skillrunner.app.logging;

import org.jspecify.annotations.NullMarked;
