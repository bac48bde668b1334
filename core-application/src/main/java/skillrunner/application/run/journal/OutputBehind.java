package skillrunner.application.run.journal;

import skillrunner.domain.output.OutputPosition;
import skillrunner.domain.run.RunId;

/** Tells whether an attempt wrote more than was told. Safe for concurrent use. */
@FunctionalInterface
public interface OutputBehind {
    /**
     * Looks.
     *
     * @param run the run
     * @param attempt the attempt
     * @param told how far it was told, in bytes of the attempt's streams
     * @return whether something but blanks stands behind that
     */
    boolean isThere(RunId run, int attempt, OutputPosition told);
}
