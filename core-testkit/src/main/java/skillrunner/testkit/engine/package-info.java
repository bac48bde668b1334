/** An engine whose output format fits into a test. */
@NullMarked
package skillrunner.testkit.engine;

import org.jspecify.annotations.NullMarked;
