package skillrunner.http.engine;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import skillrunner.http.page.Moment;

/**
 * The models of an engine as their page shows them.
 *
 * @param engine the engine
 * @param version the CLI's version, or a dash
 * @param facts where the models come from
 * @param message what went well before; may be empty
 * @param error what went wrong before; may be empty
 * @param manifest the catalogue as it is kept, as JSON
 * @param models the models
 * @param hasProviders whether any of them names its provider
 * @param form how a snapshot is added
 * @param suggestion where the CLI's own list is asked for; empty if it can't be
 * @param exists whether the CLI's version has a snapshot already
 */
public record ModelListView(
        String engine,
        String version,
        List<Fact> facts,
        String message,
        String error,
        String manifest,
        List<Model> models,
        boolean hasProviders,
        Form form,
        String suggestion,
        boolean exists) {
    /** Copies the lists. */
    public ModelListView {
        facts = List.copyOf(facts);
        models = List.copyOf(models);
        Objects.requireNonNull(form);
    }

    /** How a snapshot is added. */
    public enum Form {
        /** By the form. */
        OFFERED,
        /** Not at all: the CLI itself is asked for its models. */
        UNSUPPORTED,
        /** Not before the version of the CLI is known. */
        NO_VERSION
    }

    /**
     * A fact.
     *
     * @param name what it is
     * @param value the value
     * @param at the value as a moment, if it is one
     */
    public record Fact(String name, String value, @Nullable Moment at) {}

    /**
     * A model. Texts that are not there are empty.
     *
     * @param id what a run asks for
     * @param provider who serves it
     * @param model its name with that provider
     * @param displayName shown to people
     * @param deprecated whether the engine's maker advises against it
     * @param notes a remark
     * @param efforts the reasoning efforts it takes
     */
    public record Model(
            String id,
            String provider,
            String model,
            String displayName,
            boolean deprecated,
            String notes,
            String efforts) {}
}
