package skillrunner.application.engine;

import java.util.Optional;
import skillrunner.domain.engine.EngineId;

/** Asks CLIs what was said in a conversation. Implementations are safe for concurrent use; a call blocks for some seconds at most. */
public interface SessionExports {
    /**
     * Asks.
     *
     * @param engine whose CLI
     * @param export how it is asked
     * @param session names the conversation
     * @param marker names the attempt in the environment of everything that is started for it
     * @return what the CLI wrote, or empty if it could not tell
     */
    Optional<String> ask(EngineId engine, SessionExport export, String session, String marker);
}
