package skillrunner.application.model;

import skillrunner.domain.engine.EngineId;

/** Thrown when an engine's manifest is missing or malformed. Other engines are not concerned. The message has no path. */
public final class CatalogueUnreadableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Says whose manifest it is.
     *
     * @param engine the engine
     * @param reason what is wrong, for people
     */
    public CatalogueUnreadableException(EngineId engine, String reason) {
        super("the manifest of " + engine + " can't be read: " + reason);
    }
}
