package skillrunner.embedding.settings;

import java.util.List;
import skillrunner.domain.engine.EngineId;

/** An engine is named that nobody knows. */
public final class UnknownEngineException extends OpenRefusedException {
    private static final long serialVersionUID = 1L;

    /**
     * Names it.
     *
     * @param engine what was named
     * @param known every engine there is
     */
    public UnknownEngineException(EngineId engine, List<EngineId> known) {
        super("there is no engine " + engine.wire() + "; known engines are "
                + String.join(", ", known.stream().map(EngineId::wire).toList()));
    }
}
