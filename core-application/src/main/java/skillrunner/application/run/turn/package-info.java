/** One turn: what its engine is given before it starts, and how its answer is judged after it has ended. */
@NullMarked
package skillrunner.application.run.turn;

import org.jspecify.annotations.NullMarked;
