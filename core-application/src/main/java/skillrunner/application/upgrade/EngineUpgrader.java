package skillrunner.application.upgrade;

import java.util.Optional;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.upgrade.EngineUpgradeResult;
import skillrunner.domain.upgrade.UpgradeId;

/** Carries out the command that upgrades an engine. Implementations are safe for concurrent use. */
public interface EngineUpgrader {
    /**
     * Upgrades an engine and waits for the end. Whatever goes wrong with the command is a result: it can't be started, it
     * ends with another code than zero, it takes too long.
     *
     * @param task the task it is done for; marks the processes for {@link #endLeftovers}
     * @param engine the engine
     * @return how it ended
     */
    EngineUpgradeResult upgrade(UpgradeId task, EngineId engine);

    /**
     * Shows the command that is at work. Does not wait.
     *
     * @return what it has written so far, or empty while none is at work
     */
    Optional<UpgradeOutput> running();

    /**
     * Ends every process that an earlier server started for a task and did not end. Waits until none is left.
     *
     * @param task the task
     */
    void endLeftovers(UpgradeId task);

    /**
     * Ends the command that is at work, with all its processes, and waits for that. From now on no command is started: an
     * upgrade that is asked for later fails at once.
     */
    void cancel();
}
