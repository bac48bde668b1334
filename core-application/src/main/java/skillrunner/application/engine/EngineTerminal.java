package skillrunner.application.engine;

import java.util.Optional;

/** How an engine's own interface is started: always the same, and apart from how runs are. Pure, so one serves everybody. */
public interface EngineTerminal {
    /**
     * Returns the name of the command, for programs.
     *
     * @return for example {@code codex-tui}
     */
    String command();

    /**
     * Returns the name of the command, for people.
     *
     * @return for example {@code Codex TUI}
     */
    String label();

    /**
     * Says how it is started here.
     *
     * @param surroundings what the machine, the CLI and the settings say
     * @return the plan
     */
    TerminalPlan plan(TerminalSurroundings surroundings);

    /**
     * Says how the engine learns that it may work in a folder, if it asks otherwise.
     *
     * @return the way, or empty if it does not ask
     */
    default Optional<FolderTrust> trust() {
        return Optional.empty();
    }
}
