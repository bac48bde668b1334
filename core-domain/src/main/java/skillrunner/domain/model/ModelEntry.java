package skillrunner.domain.model;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One model of an engine's catalogue.
 *
 * @param id what a run asks for
 * @param displayName shown to people
 * @param deprecated whether the engine's maker advises against it; a run may ask for it all the same
 * @param notes a remark for people
 * @param supportedEfforts the reasoning efforts it takes; absent or empty if the usual ones
 * @param provider who serves it, for engines that choose among several
 * @param model its name with that provider
 */
public record ModelEntry(
        String id,
        Optional<String> displayName,
        boolean deprecated,
        Optional<String> notes,
        Optional<List<String>> supportedEfforts,
        Optional<String> provider,
        Optional<String> model) {
    /** Copies the list and refuses null parts. */
    public ModelEntry {
        Objects.requireNonNull(id);
        Objects.requireNonNull(displayName);
        Objects.requireNonNull(notes);
        supportedEfforts = supportedEfforts.map(List::copyOf);
        Objects.requireNonNull(provider);
        Objects.requireNonNull(model);
    }

    /**
     * A model with a name for people.
     *
     * @param id what a run asks for
     * @param displayName shown to people
     * @param supportedEfforts the reasoning efforts it takes; empty if the usual ones
     * @return the entry
     */
    public static ModelEntry named(String id, String displayName, List<String> supportedEfforts) {
        return new ModelEntry(
                id,
                Optional.of(displayName),
                false,
                Optional.empty(),
                Optional.of(supportedEfforts).filter(efforts -> !efforts.isEmpty()),
                Optional.empty(),
                Optional.empty());
    }

    /**
     * A model of one of several providers.
     *
     * @param provider who serves it
     * @param model its name there
     * @param notes a remark for people
     * @return the entry; a run asks for {@code provider/model}
     */
    public static ModelEntry provided(String provider, String model, String notes) {
        return new ModelEntry(
                provider + "/" + model,
                Optional.empty(),
                false,
                Optional.of(notes),
                Optional.empty(),
                Optional.of(provider),
                Optional.of(model));
    }
}
