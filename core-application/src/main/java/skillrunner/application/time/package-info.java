/** How time passes while this server lives. Moments that outlive it are dated by {@link java.time.Clock}. */
@NullMarked
package skillrunner.application.time;

import org.jspecify.annotations.NullMarked;
