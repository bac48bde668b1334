package skillrunner.application.run;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunId;
import skillrunner.domain.run.RunStatus;
import skillrunner.domain.run.Stall;

/**
 * Which running engines say nothing, as this server has seen; after a restart that is found out again. Safe for concurrent
 * use.
 */
public final class RunStalls {
    private final Map<RunId, Stall> known = new ConcurrentHashMap<>();

    /** Knows of none. */
    public RunStalls() {}

    /**
     * Finds what a run is likely to wait for.
     *
     * @param run the run
     * @return empty if it is not running, or was heard lately
     */
    public Optional<Stall> of(Run run) {
        return run.status() == RunStatus.RUNNING ? Optional.ofNullable(known.get(run.id())) : Optional.empty();
    }

    /**
     * Notes what was seen.
     *
     * @param run the run
     * @param stall what it is likely to wait for; empty if it was heard, or has ended
     * @return whether that is news
     */
    public boolean note(RunId run, Optional<Stall> stall) {
        Optional<Stall> before =
                Optional.ofNullable(stall.isPresent() ? known.put(run, stall.get()) : known.remove(run));
        return !before.equals(stall);
    }
}
