/** Signs engines in at their providers over HTTP: a driver for each flow, and the parts they share. */
@NullMarked
package skillrunner.oauth;

import org.jspecify.annotations.NullMarked;
