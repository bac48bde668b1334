package skillrunner.domain.model;

import java.util.Objects;
import java.util.Optional;

/**
 * The model a run asks for.
 *
 * @param name the engine's own name of the model
 * @param effort the reasoning effort, where the engine has such a setting
 */
public record ModelSpec(String name, Optional<String> effort) {
    /** Refuses null parts and a blank name. */
    public ModelSpec {
        Objects.requireNonNull(effort);
        if (name.isBlank()) {
            throw new IllegalArgumentException("blank model name");
        }
    }

    /**
     * Returns the text a client would send for this model.
     *
     * @return {@code name} or {@code name@effort}
     */
    public String text() {
        return effort.map(value -> name + "@" + value).orElse(name);
    }
}
