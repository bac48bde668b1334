package skillrunner.application.engine;

import java.util.Optional;

/**
 * The lists of models of an engine that the product is delivered with: a file {@code manifest.json} and the snapshots that it
 * names, in the form in which the catalogue keeps them. Implementations are safe for concurrent use.
 */
@FunctionalInterface
public interface ShippedModels {
    /** There are none. */
    ShippedModels NONE = name -> Optional.empty();

    /**
     * Reads a file.
     *
     * @param name its name
     * @return its content, or empty if there is no such file
     */
    Optional<byte[]> file(String name);
}
