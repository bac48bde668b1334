package skillrunner.application.terminal;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.terminal.TerminalId;

/** The working directories of terminal sessions, and what a later server has to know. Implementations are safe for concurrent use. */
public interface TerminalFolders {
    /**
     * A session that was not ended before its server was.
     *
     * @param id names it
     * @param engine whose interface it was
     * @param folder its folder
     */
    record Unfinished(TerminalId id, EngineId engine, String folder) {
        /** Refuses null parts. */
        public Unfinished {
            Objects.requireNonNull(id);
            Objects.requireNonNull(engine);
            Objects.requireNonNull(folder);
        }
    }

    /**
     * Makes the folder of a session. From now on it is unfinished, whatever happens to the server.
     *
     * @param id names it
     * @param engine whose interface it is
     * @return an absolute path without links
     * @throws java.io.UncheckedIOException if it can't be made; then nothing is left of it
     */
    String make(TerminalId id, EngineId engine);

    /**
     * Writes settings into the folder of a session.
     *
     * @param id names it
     * @param files path below the folder to content
     * @throws java.io.UncheckedIOException if one can't be written
     */
    void write(TerminalId id, Map<String, String> files);

    /**
     * Makes the file of a session's screen anew, where its engine has no business. It goes with the session, and what a killed server left of
     * it with the next start.
     *
     * @param id names the session
     * @return an empty file, for its owner only
     * @throws java.io.UncheckedIOException if it can't be made
     */
    ScreenFile screen(TerminalId id);

    /**
     * A session was ended whole. Its files stay for a while.
     *
     * @param id names it
     */
    void finish(TerminalId id);

    /**
     * A session did not begin. Nothing of it stays.
     *
     * @param id names it
     */
    void discard(TerminalId id);

    /**
     * Lists what earlier servers did not end.
     *
     * @return the sessions
     */
    List<Unfinished> unfinished();
}
