package skillrunner.application.engine;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import skillrunner.domain.model.ModelEntry;

/** Where an engine's list of models comes from. */
public sealed interface ModelSource {
    /**
     * From snapshots, one per version of the CLI.
     *
     * @param suggestion how the CLI itself proposes the rows of a new snapshot, if it can
     * @param shipped the snapshots there are from the beginning
     */
    record Snapshots(Optional<ModelListCommand> suggestion, ShippedModels shipped) implements ModelSource {
        /** Refuses null. */
        public Snapshots {
            Objects.requireNonNull(suggestion);
            Objects.requireNonNull(shipped);
        }
    }

    /**
     * From the CLI itself, asked again and again.
     *
     * @param command how it is asked
     * @param seed the list while it has never answered
     */
    record Live(ModelListCommand command, List<ModelEntry> seed) implements ModelSource {
        /** Copies the list. */
        public Live {
            Objects.requireNonNull(command);
            seed = List.copyOf(seed);
        }
    }
}
