package skillrunner.domain.model;

import java.util.List;
import java.util.Optional;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.problem.Excerpt;

/**
 * Reads the {@code model} of a request. An engine whose models take a reasoning effort writes {@code name@effort}, one that
 * chooses among providers {@code provider/model}; the others take the id as it is.
 */
public final class ModelRules {
    /** Efforts a model takes when the catalogue does not list them. */
    private static final List<String> USUAL_EFFORTS = List.of("minimal", "low", "medium", "high", "xhigh");

    /** What a model text comes to. */
    public sealed interface Reading {
        /**
         * The model exists.
         *
         * @param model the model
         */
        record Known(ModelSpec model) implements Reading {}

        /**
         * The text can't be used.
         *
         * @param reason why, for people
         */
        record Refused(String reason) implements Reading {}
    }

    private ModelRules() {}

    /**
     * Reads a model text.
     *
     * @param engine the engine it is for
     * @param form how its models are written
     * @param text what the client sent
     * @param catalogue the engine's models
     * @return the model, or why not
     */
    public static Reading read(EngineId engine, ModelForm form, String text, List<ModelEntry> catalogue) {
        Optional<String> fault = form.fault(text);
        if (fault.isPresent()) {
            return new Reading.Refused("for " + engine + ", " + fault.get());
        }
        int at = form.effortAt(text);
        String name = at < 0 ? text : text.substring(0, at);
        Optional<String> effort = at < 0 ? Optional.empty() : Optional.of(text.substring(at + 1));
        if (name.isBlank() || effort.filter(String::isBlank).isPresent()) {
            return new Reading.Refused("the model or its effort is empty");
        }
        Optional<ModelEntry> entry =
                catalogue.stream().filter(model -> model.id().equals(name)).findFirst();
        if (entry.isEmpty()) {
            return new Reading.Refused("'" + Excerpt.of(name) + "' is not in the list of " + engine + " models");
        }
        List<String> efforts = entry.get()
                .supportedEfforts()
                .filter(listed -> !listed.isEmpty())
                .orElse(USUAL_EFFORTS);
        if (effort.isPresent() && !efforts.contains(effort.get())) {
            return new Reading.Refused("'" + Excerpt.of(name) + "' takes the efforts " + String.join(", ", efforts));
        }
        return new Reading.Known(new ModelSpec(name, effort));
    }
}
