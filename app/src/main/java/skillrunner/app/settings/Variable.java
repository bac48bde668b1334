package skillrunner.app.settings;

import java.util.Objects;

/**
 * One environment variable.
 *
 * @param name its name
 * @param defaultText its default as the documentation shows it
 * @param meaning one sentence for the documentation
 */
public record Variable(String name, String defaultText, String meaning) {
    /** Refuses null parts. */
    public Variable {
        Objects.requireNonNull(name);
        Objects.requireNonNull(defaultText);
        Objects.requireNonNull(meaning);
    }
}
