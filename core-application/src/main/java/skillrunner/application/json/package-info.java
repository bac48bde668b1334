/** JSON as the core sees it: text on one side, plain values on the other. */
@NullMarked
package skillrunner.application.json;

import org.jspecify.annotations.NullMarked;
