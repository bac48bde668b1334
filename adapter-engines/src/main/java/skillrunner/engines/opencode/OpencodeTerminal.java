package skillrunner.engines.opencode;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import skillrunner.application.engine.EngineTerminal;
import skillrunner.application.engine.TerminalPlan;
import skillrunner.application.engine.TerminalSurroundings;
import skillrunner.domain.terminal.TerminalSandbox;
import skillrunner.engines.settings.JsonSettings;

/** opencode's own interface, with all its tools denied. */
final class OpencodeTerminal implements EngineTerminal {
    private static final TerminalPlan PLAN = new TerminalPlan(
            List.of(),
            Map.of("opencode.json", JsonSettings.write(Map.of("permission", "deny"))),
            Map.of(),
            TerminalSandbox.unsupported(
                    TerminalSandbox.Gap.HAS_NONE, "opencode has no sandbox; its tools are denied instead"),
            Optional.empty());

    @Override
    public String command() {
        return "opencode-tui";
    }

    @Override
    public String label() {
        return "OpenCode TUI";
    }

    @Override
    public TerminalPlan plan(TerminalSurroundings surroundings) {
        return PLAN;
    }
}
