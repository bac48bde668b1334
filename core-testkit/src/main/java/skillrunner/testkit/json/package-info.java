/** Small readers and checkers of JSON, good enough for tests of use cases. */
@NullMarked
package skillrunner.testkit.json;

import org.jspecify.annotations.NullMarked;
