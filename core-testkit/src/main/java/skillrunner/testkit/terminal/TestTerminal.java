package skillrunner.testkit.terminal;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import skillrunner.application.engine.EngineTerminal;
import skillrunner.application.engine.FolderTrust;
import skillrunner.application.engine.TerminalPlan;
import skillrunner.application.engine.TerminalSurroundings;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.terminal.TerminalSandbox;

/**
 * The interface of an engine of any name. Where containers can be started it begins with {@code --sandbox} and knows another way;
 * it trusts the folders that stand in a file, one a line.
 *
 * @param engine the engine's name
 */
public record TestTerminal(EngineId engine) implements EngineTerminal {
    /** Refuses null parts. */
    public TestTerminal {
        Objects.requireNonNull(engine);
    }

    @Override
    public String command() {
        return engine + "-tui";
    }

    @Override
    public String label() {
        return engine + " TUI";
    }

    @Override
    public TerminalPlan plan(TerminalSurroundings surroundings) {
        return surroundings
                .whyNoContainers()
                .map(TestTerminal::bare)
                .orElseGet(() -> new TerminalPlan(
                        List.of("--sandbox"),
                        Map.of("settings", "sandbox"),
                        Map.of(),
                        TerminalSandbox.SUPPORTED,
                        Optional.of(bare("it ended at once"))));
    }

    private static TerminalPlan bare(String why) {
        return new TerminalPlan(
                List.of(), Map.of("settings", "bare"), Map.of(), TerminalSandbox.unsupported(why), Optional.empty());
    }

    /** Returns the file of the home in which the folders stand. */
    public String trustFile() {
        return "." + engine + "/trusted";
    }

    @Override
    public Optional<FolderTrust> trust() {
        return Optional.of(new FolderTrust() {
            @Override
            public String file() {
                return trustFile();
            }

            @Override
            public String with(String content, String folder) {
                return content + folder + "\n";
            }

            @Override
            public String without(String content, String folder) {
                return content.replace(folder + "\n", "");
            }
        });
    }
}
