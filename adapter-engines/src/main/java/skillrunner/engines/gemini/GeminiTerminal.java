package skillrunner.engines.gemini;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import skillrunner.application.engine.EngineTerminal;
import skillrunner.application.engine.FolderTrust;
import skillrunner.application.engine.TerminalPlan;
import skillrunner.application.engine.TerminalSurroundings;
import skillrunner.domain.terminal.TerminalSandbox;
import skillrunner.engines.settings.JsonSettings;

/** gemini's own interface, without its shell; in its sandbox where the machine can start containers. */
final class GeminiTerminal implements EngineTerminal {
    private static final Pattern BY_KEY = Pattern.compile("\"selectedType\"\\s*:\\s*\"[^\"]*api-key");

    /** As two processes, of which the outer one ignores signals, it could not be asked to end. */
    private static final Map<String, String> VARIABLES = Map.of("GEMINI_CLI_NO_RELAUNCH", "true");

    @Override
    public String command() {
        return "gemini-tui";
    }

    @Override
    public String label() {
        return "Gemini TUI";
    }

    @Override
    public TerminalPlan plan(TerminalSurroundings surroundings) {
        boolean byKey = surroundings
                .home()
                .readText(GeminiSettings.FILE)
                .filter(settings -> BY_KEY.matcher(settings).find())
                .isPresent();
        if (byKey) {
            return bare(
                    TerminalSandbox.Gap.NOT_WITH_KEY,
                    "With an API key gemini does not work in its sandbox; it was started without");
        }
        return surroundings
                .whyNoContainers()
                .map(why -> bare(
                        TerminalSandbox.Gap.NO_CONTAINERS,
                        "gemini's sandbox is a container, and none can be started here: " + why))
                .orElseGet(() -> plan(
                        true,
                        TerminalSandbox.SUPPORTED,
                        Optional.of(bare(
                                TerminalSandbox.Gap.ENDED_IN_IT,
                                "gemini ended at once in its sandbox; it was started without"))));
    }

    private static TerminalPlan bare(TerminalSandbox.Gap gap, String why) {
        return plan(false, TerminalSandbox.unsupported(gap, why), Optional.empty());
    }

    private static TerminalPlan plan(boolean sandbox, TerminalSandbox finding, Optional<TerminalPlan> otherwise) {
        List<String> arguments = new ArrayList<>();
        if (sandbox) {
            arguments.add("--sandbox");
        }
        arguments.addAll(List.of("--approval-mode", "default"));
        Map<String, Object> settings = Map.of(
                "general",
                Map.of("enableAutoUpdate", false),
                "tools",
                Map.of("sandbox", sandbox, "autoAccept", false, "exclude", List.of("run_shell_command", "ShellTool")),
                "security",
                Map.of("disableYoloMode", true));
        return new TerminalPlan(
                arguments, Map.of(GeminiSettings.FILE, JsonSettings.write(settings)), VARIABLES, finding, otherwise);
    }

    @Override
    public Optional<FolderTrust> trust() {
        return Optional.of(new GeminiTrust());
    }
}
