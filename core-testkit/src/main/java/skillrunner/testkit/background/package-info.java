/** Background work and ids under a test's control. */
@NullMarked
package skillrunner.testkit.background;

import org.jspecify.annotations.NullMarked;
