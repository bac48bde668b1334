package skillrunner.application.engine;

import java.util.Optional;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.engine.VersionStatement;

/** Asks CLIs for their versions. Implementations are safe for concurrent use. */
public interface CliProbe {
    /**
     * Says which file would be asked, and whether it is still the same: the text differs when the program was replaced.
     * Takes no longer than looking at files does.
     *
     * @param engine the engine
     * @return a text that stands for the program as it is now, or empty if there is none
     */
    Optional<String> identity(EngineId engine);

    /**
     * Asks the program. Starts a process and may take seconds.
     *
     * @param engine the engine
     * @return how it says its version, or empty if there is no program or it does not say one
     */
    Optional<VersionStatement> ask(EngineId engine);
}
