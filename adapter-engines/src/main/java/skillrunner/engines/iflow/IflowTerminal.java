package skillrunner.engines.iflow;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import skillrunner.application.engine.EngineTerminal;
import skillrunner.application.engine.TerminalPlan;
import skillrunner.application.engine.TerminalSurroundings;
import skillrunner.domain.terminal.TerminalSandbox;
import skillrunner.engines.settings.JsonSettings;

/** iFlow's own interface, without its shell. */
final class IflowTerminal implements EngineTerminal {
    private static final TerminalPlan PLAN = new TerminalPlan(
            List.of(),
            Map.of(
                    IflowSettings.FILE,
                    JsonSettings.write(Map.of(
                            "sandbox",
                            false,
                            "autoAccept",
                            false,
                            "approvalMode",
                            "default",
                            "excludeTools",
                            List.of("ShellTool")))),
            Map.of(),
            TerminalSandbox.unsupported(
                    TerminalSandbox.Gap.NOT_STARTED_HERE,
                    "iFlow's sandbox is a container image, which this server does not start: its tools are not locked in"),
            Optional.empty());

    @Override
    public String command() {
        return "iflow-tui";
    }

    @Override
    public String label() {
        return "iFlow TUI";
    }

    @Override
    public TerminalPlan plan(TerminalSurroundings surroundings) {
        return PLAN;
    }
}
