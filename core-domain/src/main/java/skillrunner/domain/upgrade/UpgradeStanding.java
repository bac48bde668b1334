package skillrunner.domain.upgrade;

import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import skillrunner.domain.engine.EngineId;

/**
 * How one engine stands with the latest task that planned it.
 *
 * @param state where it stands
 * @param requestId that task; empty exactly if the engine is idle
 * @param mode that task's mode; empty exactly if the engine is idle
 * @param updatedAt when that task last changed; empty exactly if the engine is idle
 * @param lastError why the engine's upgrade failed, if it did
 */
public record UpgradeStanding(
        State state,
        Optional<UpgradeId> requestId,
        Optional<String> mode,
        Optional<Instant> updatedAt,
        Optional<String> lastError) {

    /** Where an engine stands. */
    public enum State {
        /** No task ever planned it. */
        IDLE,
        /** Its task works or waits, and its turn has not come. */
        QUEUED,
        /** It is being upgraded. */
        RUNNING,
        /** Its upgrade ended well. */
        SUCCEEDED,
        /** Its upgrade ended otherwise. */
        FAILED,
        /** It was planned but never started. */
        SKIPPED;

        /**
         * Returns the name on the wire.
         *
         * @return lower case
         */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Refuses null parts. */
    public UpgradeStanding {
        Objects.requireNonNull(state);
        Objects.requireNonNull(requestId);
        Objects.requireNonNull(mode);
        Objects.requireNonNull(updatedAt);
        Objects.requireNonNull(lastError);
    }

    /**
     * Works the standing of an engine out.
     *
     * @param engine the engine
     * @param latest the newest task that planned it, if any did
     * @return the standing
     */
    public static UpgradeStanding of(EngineId engine, Optional<UpgradeTask> latest) {
        if (latest.isEmpty()) {
            return new UpgradeStanding(
                    State.IDLE, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        }
        UpgradeTask task = latest.get();
        Optional<EngineUpgradeResult> result =
                Optional.ofNullable(task.results().get(engine));
        return new UpgradeStanding(
                result.map(ended -> of(ended.status())).orElseGet(() -> withoutResult(engine, task)),
                Optional.of(task.id()),
                Optional.of(task.scope().mode()),
                Optional.of(task.updatedAt()),
                result.filter(ended -> ended.status() == EngineUpgradeStatus.FAILED)
                        .flatMap(EngineUpgradeResult::error));
    }

    private static State of(EngineUpgradeStatus status) {
        return switch (status) {
            case SUCCEEDED -> State.SUCCEEDED;
            case FAILED -> State.FAILED;
            case SKIPPED -> State.SKIPPED;
        };
    }

    private static State withoutResult(EngineId engine, UpgradeTask task) {
        if (task.status().isTerminal()) {
            // Only a task that this program did not end itself lacks a result.
            return State.FAILED;
        }
        return task.inProgress().filter(engine::equals).isPresent() ? State.RUNNING : State.QUEUED;
    }
}
