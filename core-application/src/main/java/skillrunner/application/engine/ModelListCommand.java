package skillrunner.application.engine;

import java.util.List;
import skillrunner.domain.model.ModelEntry;

/** How a CLI is asked which models it knows. Pure and safe for concurrent use. */
public interface ModelListCommand {
    /**
     * Returns the arguments after the program.
     *
     * @return the arguments
     */
    List<String> arguments();

    /**
     * Reads the answer. Never throws for what a CLI may write.
     *
     * @param stdout what the CLI wrote
     * @return the models, empty if the answer holds none
     */
    List<ModelEntry> parse(String stdout);
}
