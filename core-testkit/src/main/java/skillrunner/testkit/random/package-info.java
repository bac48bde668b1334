/** Rules tried on random cases: {@link skillrunner.testkit.random.Seeds} makes the cases, each from a seed that repeats it. */
@NullMarked
package skillrunner.testkit.random;

import org.jspecify.annotations.NullMarked;
