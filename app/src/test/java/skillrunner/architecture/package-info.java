/** The rules that keep the modules apart, and proof that each of them can fail. */
@NullMarked
package skillrunner.architecture;

import org.jspecify.annotations.NullMarked;
