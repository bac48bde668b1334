package skillrunner.application.run;

import java.util.List;
import skillrunner.domain.run.RunId;
import skillrunner.domain.run.RunMove;

/**
 * The changes of status that runs have made. A store of runs adds each with the change itself, in one atomic step: there is no
 * change without its move, and no move without its change. Moves never change, and go with their run. Implementations are safe for
 * concurrent use.
 */
public interface RunMoves {
    /**
     * Finds the moves of a run behind one.
     *
     * @param run the run
     * @param ordinal that of the last move that is known; 0 for all
     * @return those behind it in their order; empty also if the run is unknown, being removed, or from before moves were kept
     */
    List<RunMove> after(RunId run, int ordinal);
}
