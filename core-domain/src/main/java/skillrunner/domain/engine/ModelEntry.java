package skillrunner.domain.engine;

import java.util.List;
import java.util.Objects;

/**
 * One model of an engine's catalogue.
 *
 * @param id what a run asks for
 * @param displayName shown to people
 * @param supportedEfforts the reasoning efforts it takes; empty if the catalogue does not say
 */
public record ModelEntry(String id, String displayName, List<String> supportedEfforts) {
    /** Copies the list and refuses null parts. */
    public ModelEntry {
        Objects.requireNonNull(id);
        Objects.requireNonNull(displayName);
        supportedEfforts = List.copyOf(supportedEfforts);
    }
}
