/** Proof that each rule of the house can fail, and that each module keeps them. */
@NullMarked
package skillrunner.app.architecture;

import org.jspecify.annotations.NullMarked;
