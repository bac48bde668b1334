package skillrunner.engines.opencode;

import java.util.List;
import skillrunner.application.engine.ModelListCommand;
import skillrunner.domain.model.ModelEntry;
import skillrunner.domain.model.ModelLines;

/** {@code opencode models}: one {@code provider/model} a line. */
final class OpencodeModelList implements ModelListCommand {
    @Override
    public List<String> arguments() {
        return List.of("models");
    }

    /** {@inheritDoc} Each model once, sorted by its id. */
    @Override
    public List<ModelEntry> parse(String stdout) {
        return ModelLines.parse(stdout, "runtime_probe_cache");
    }
}
