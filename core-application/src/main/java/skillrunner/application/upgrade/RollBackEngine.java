package skillrunner.application.upgrade;

import java.util.Objects;
import java.util.function.Consumer;
import skillrunner.application.engine.InstalledVersions;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;

/** Goes back to the version of a CLI that was current before the current one. Running jobs keep the one they have. */
public final class RollBackEngine {
    private final UpgradeTasks tasks;
    private final InstalledVersions versions;
    private final Consumer<EngineId> afterEngine;

    public RollBackEngine(UpgradeTasks tasks, InstalledVersions versions, Consumer<EngineId> afterEngine) {
        this.tasks = Objects.requireNonNull(tasks);
        this.versions = Objects.requireNonNull(versions);
        this.afterEngine = Objects.requireNonNull(afterEngine);
    }

    /**
     * Goes back.
     *
     * @param engine the engine
     * @return the version that is current now
     * @throws RefusedException with {@link ErrorCode#UPGRADE_BUSY} while an upgrade is queued or running, with {@link
     *     ErrorCode#NO_EARLIER_VERSION} if there is none to go back to
     */
    public String rollBack(EngineId engine) {
        if (!tasks.active().isEmpty()) {
            throw busy();
        }
        // An upgrade may begin just now, here or in another process; whoever comes second is turned away by the
        // versions.
        InstalledVersions.Rollback rollback = versions.rollBack(engine);
        if (rollback instanceof InstalledVersions.Rollback.Busy) {
            throw busy();
        }
        if (rollback instanceof InstalledVersions.Rollback.Done done) {
            afterEngine.accept(engine);
            return done.version();
        }
        throw new RefusedException(
                ErrorCode.NO_EARLIER_VERSION, "There is no earlier version of " + engine + " to go back to");
    }

    private static RefusedException busy() {
        return new RefusedException(ErrorCode.UPGRADE_BUSY, "An upgrade is queued or running; wait until it has ended");
    }
}
