package skillrunner.application.engine;

import java.util.List;
import skillrunner.domain.engine.EngineId;

/** The versions of the managed CLIs. Implementations are safe for concurrent use, also by several processes. */
public interface InstalledVersions {
    /** What came of going back. */
    sealed interface Rollback {
        /**
         * The earlier version is current now.
         *
         * @param version the version
         */
        record Done(String version) implements Rollback {}

        /** There is no earlier version. */
        record NoEarlierVersion() implements Rollback {}

        /** An installation is running. */
        record Busy() implements Rollback {}
    }

    /**
     * Lists the versions that are installed side by side.
     *
     * @param engine the engine
     * @return them, newest first; a CLI that was installed by other means is not among them
     */
    List<InstalledVersion> list(EngineId engine);

    /**
     * Makes the version current that was so before the current one. In one step: there is a current version at any time.
     *
     * @param engine the engine
     * @return what came of it
     */
    Rollback rollBack(EngineId engine);
}
