/** Programs that bring a terminal to a browser in the server's place. */
@NullMarked
package skillrunner.process.gateway;

import org.jspecify.annotations.NullMarked;
