package skillrunner.application.run.retention;

import skillrunner.domain.run.RunId;

/** Measures what is kept of runs that have ended. Implementations are safe for concurrent use. */
@FunctionalInterface
public interface FolderMeter {
    /**
     * Measures the folder of a run. Links are not followed; what can't be read counts as nothing.
     *
     * @param run the run
     * @return what its files hold, in bytes, as far as they say themselves; 0 if there is no folder
     * @throws skillrunner.application.storage.UnavailableException if the machine can't look at the moment
     */
    long bytes(RunId run);
}
