package skillrunner.testkit.engine;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import skillrunner.application.engine.SessionExport;
import skillrunner.application.engine.SessionExports;
import skillrunner.domain.engine.EngineId;

/** Conversations as a CLI would tell them if it were asked. Safe for concurrent use. */
public final class ScriptedSessions implements SessionExports {
    private final Map<String, String> documents = new ConcurrentHashMap<>();

    /** No conversation is known. */
    public ScriptedSessions() {}

    /**
     * Has a conversation told from now on.
     *
     * @param session its name
     * @param document what is told
     */
    public void remember(String session, String document) {
        documents.put(session, document);
    }

    @Override
    public Optional<String> ask(EngineId engine, SessionExport export, String session, String marker) {
        return Optional.ofNullable(documents.get(session));
    }
}
