package skillrunner.engines.models;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Optional;
import skillrunner.application.engine.ShippedModels;

/** Lists of models that lie in the folder {@code models} beside a class. Immutable. */
public final class ModelFiles implements ShippedModels {
    private final Class<?> neighbour;

    /**
     * Takes its place.
     *
     * @param neighbour a class of the engine's package
     */
    public ModelFiles(Class<?> neighbour) {
        this.neighbour = Objects.requireNonNull(neighbour);
    }

    @Override
    public Optional<byte[]> file(String name) {
        try (InputStream in = neighbour.getResourceAsStream("models/" + name)) {
            return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
