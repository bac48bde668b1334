package skillrunner.application.model;

import java.util.List;
import java.util.Objects;
import skillrunner.application.engine.ModelListCommand;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.model.ModelEntry;

/** Asks CLIs which models they know. Implementations are safe for concurrent use. */
@FunctionalInterface
public interface ModelLists {
    /** What a CLI said. */
    sealed interface Answer {
        /**
         * It named models.
         *
         * @param models the models in its order; empty if it ended well and named none
         */
        record Listed(List<ModelEntry> models) implements Answer {
            /** Copies the list. */
            public Listed {
                models = List.copyOf(models);
            }
        }

        /**
         * It did not.
         *
         * @param reason why, for people; holds no path and no secret
         */
        record Failed(String reason) implements Answer {
            /** Refuses null. */
            public Failed {
                Objects.requireNonNull(reason);
            }
        }
    }

    /**
     * Asks an engine's CLI. Blocks until it has answered or its time is over.
     *
     * @param engine the engine
     * @param command how it is asked
     * @return what it said
     */
    Answer ask(EngineId engine, ModelListCommand command);
}
