package skillrunner.e2eclient.skill;

import java.util.List;
import java.util.Objects;

/**
 * The form that starts a run.
 *
 * @param skill the skill's id
 * @param name what people call it
 * @param purpose what it is for; may be empty
 * @param action where the form is sent
 * @param submission tells one press of the button from the next
 * @param engine the choice of an engine
 * @param mode the choice of an execution mode
 * @param models the choice of a model
 * @param effort the choice how hard it thinks; without values where no model can be asked
 * @param inputs the input's fields
 * @param files the fields of files
 * @param parameters the fields of parameters
 * @param options the fields of runtime options
 * @param refusal why the server refused the job; empty if it did not
 * @param faults everything that is wrong
 */
public record FormView(
        String skill,
        String name,
        String purpose,
        String action,
        String submission,
        FieldView engine,
        FieldView mode,
        ModelsView models,
        FieldView effort,
        List<FieldView> inputs,
        List<FieldView> files,
        List<FieldView> parameters,
        List<FieldView> options,
        String refusal,
        List<Fault> faults) {
    /** Copies the lists and refuses null parts. */
    public FormView {
        Objects.requireNonNull(skill);
        Objects.requireNonNull(name);
        Objects.requireNonNull(purpose);
        Objects.requireNonNull(action);
        Objects.requireNonNull(submission);
        Objects.requireNonNull(engine);
        Objects.requireNonNull(mode);
        Objects.requireNonNull(models);
        Objects.requireNonNull(effort);
        Objects.requireNonNull(refusal);
        inputs = List.copyOf(inputs);
        files = List.copyOf(files);
        parameters = List.copyOf(parameters);
        options = List.copyOf(options);
        faults = List.copyOf(faults);
    }

    /**
     * Tells whether a runtime option is wrong, so that it has to be seen.
     *
     * @return true if one is
     */
    public boolean optionsAreWrong() {
        return options.stream().anyMatch(option -> !option.fault().isEmpty());
    }

    /**
     * Something that is wrong.
     *
     * @param field id of the field; empty if there is none
     * @param text what is wrong, with the field's name
     */
    public record Fault(String field, String text) {}

    /**
     * The models, in groups of one engine and provider each.
     *
     * @param groups the groups
     * @param fault what is wrong; may be empty
     */
    public record ModelsView(List<Group> groups, String fault) {
        /** Copies the list. */
        public ModelsView {
            groups = List.copyOf(groups);
        }
    }

    /**
     * Models of one engine and provider.
     *
     * @param engine the engine
     * @param provider the provider
     * @param models the models
     */
    public record Group(String engine, String provider, List<Choice> models) {
        /** Copies the list. */
        public Group {
            models = List.copyOf(models);
        }
    }

    /**
     * Something to choose.
     *
     * @param value what is sent
     * @param label what is shown
     * @param chosen whether it is chosen
     * @param efforts how hard it can be asked to think, separated by spaces
     */
    public record Choice(String value, String label, boolean chosen, String efforts) {
        static Choice of(String value, String label, boolean chosen) {
            return new Choice(value, label, chosen, "");
        }
    }
}
