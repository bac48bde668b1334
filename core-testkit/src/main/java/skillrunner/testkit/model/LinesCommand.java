package skillrunner.testkit.model;

import java.util.List;
import skillrunner.application.engine.ModelListCommand;
import skillrunner.domain.model.ModelEntry;
import skillrunner.domain.model.ModelLines;

/** Asks a CLI that prints one {@code provider/model} per line. */
public final class LinesCommand implements ModelListCommand {
    /** Makes the command. */
    public LinesCommand() {}

    @Override
    public List<String> arguments() {
        return List.of("models");
    }

    @Override
    public List<ModelEntry> parse(String stdout) {
        return ModelLines.parse(stdout, "runtime_probe_cache");
    }
}
