package skillrunner.application.run;

import skillrunner.domain.run.Run;

/** The readable mirror of where a run stands. Implementations are safe for concurrent use. */
public interface StatusRecords {
    /**
     * Writes the readable mirror of a run's status.
     *
     * @param run the run
     * @param timeoutSeconds how long a question waits
     */
    void writeStatus(Run run, int timeoutSeconds);
}
