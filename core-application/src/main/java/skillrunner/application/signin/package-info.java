/** Signs engines in: one session at a time, over whatever ways their drivers offer. */
@NullMarked
package skillrunner.application.signin;

import org.jspecify.annotations.NullMarked;
