package skillrunner.engines.codex;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import skillrunner.application.engine.EngineTerminal;
import skillrunner.application.engine.FolderTrust;
import skillrunner.application.engine.TerminalPlan;
import skillrunner.application.engine.TerminalSurroundings;
import skillrunner.domain.terminal.TerminalSandbox;

/** codex's own interface, without its shell. */
final class CodexTerminal implements EngineTerminal {
    /** Else it starts a server in the background that outlives it, and stops at a question with the shell switched off. */
    private static final String NO_DAEMON = "--no-daemon";

    private static final String LOCKED_IN = "LANDLOCK_ENABLED";

    @Override
    public String command() {
        return "codex-tui";
    }

    @Override
    public String label() {
        return "Codex TUI";
    }

    @Override
    public TerminalPlan plan(TerminalSurroundings surroundings) {
        List<String> arguments = new ArrayList<>(List.of(
                "--sandbox",
                "workspace-write",
                "--ask-for-approval",
                "never",
                "-c",
                "features.shell_tool=false",
                "-c",
                "features.unified_exec=false"));
        if (surroundings.helpNames(NO_DAEMON)) {
            arguments.add(NO_DAEMON);
        }
        boolean off = surroundings.variable(LOCKED_IN).filter("0"::equals).isPresent();
        return new TerminalPlan(
                arguments,
                Map.of(),
                Map.of(),
                off
                        ? TerminalSandbox.unsupported(
                                TerminalSandbox.Gap.KERNEL_OFF,
                                "The kernel's Landlock is switched off on this machine (LANDLOCK_ENABLED=0)")
                        : TerminalSandbox.SUPPORTED,
                Optional.empty());
    }

    @Override
    public Optional<FolderTrust> trust() {
        return Optional.of(new CodexTrust());
    }
}
