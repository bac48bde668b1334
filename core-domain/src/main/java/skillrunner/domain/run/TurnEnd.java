package skillrunner.domain.run;

import java.util.Objects;
import java.util.Optional;

/**
 * How a turn ended, as far as that is known without reading what its engine wrote.
 *
 * @param started whether a process was started for it
 * @param cancelRequested whether somebody asked for the end
 * @param fault what keeps this server from going on with the run, whatever the engine answered
 * @param stopReason why the server itself ended the engine, or takes its output for spoiled
 * @param hardTimeoutSeconds the turn's limit, to be named
 * @param exitCode the engine's exit code, if it left one
 * @param kept whether the engine has closed its turn and keeps running for what it is told next
 */
public record TurnEnd(
        boolean started,
        boolean cancelRequested,
        Optional<RunFailure> fault,
        Optional<RunFailureCode> stopReason,
        int hardTimeoutSeconds,
        Optional<Integer> exitCode,
        boolean kept) {

    /** Refuses null parts. */
    public TurnEnd {
        Objects.requireNonNull(fault);
        Objects.requireNonNull(stopReason);
        Objects.requireNonNull(exitCode);
    }

    /**
     * A turn whose engine has ended, or was never started.
     *
     * @param started whether a process was started for it
     * @param cancelRequested whether somebody asked for the end
     * @param fault what keeps this server from going on with the run
     * @param stopReason why the server itself ended the engine
     * @param hardTimeoutSeconds the turn's limit, to be named
     * @param exitCode the engine's exit code, if it left one
     */
    public TurnEnd(
            boolean started,
            boolean cancelRequested,
            Optional<RunFailure> fault,
            Optional<RunFailureCode> stopReason,
            int hardTimeoutSeconds,
            Optional<Integer> exitCode) {
        this(started, cancelRequested, fault, stopReason, hardTimeoutSeconds, exitCode, false);
    }

    /**
     * A turn whose engine closed it and keeps running, so that nothing went wrong with its process.
     *
     * @return how it ended
     */
    public static TurnEnd keptRunning() {
        return new TurnEnd(true, false, Optional.empty(), Optional.empty(), 0, Optional.empty(), true);
    }

    /**
     * A turn that ends before a process was started for it.
     *
     * @param cancelRequested whether somebody asked for the end
     * @param fault what keeps this server from starting it
     * @return how it ends, if it does
     */
    public static TurnEnd beforeStart(boolean cancelRequested, Optional<RunFailure> fault) {
        return new TurnEnd(false, cancelRequested, fault, Optional.empty(), 0, Optional.empty());
    }

    boolean isLost() {
        return started && !kept && stopReason.isEmpty() && exitCode.isEmpty();
    }

    boolean exitedCleanly() {
        return kept || exitCode.orElse(-1) == 0;
    }
}
