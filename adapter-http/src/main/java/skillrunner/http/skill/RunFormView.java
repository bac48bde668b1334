package skillrunner.http.skill;

import java.util.List;
import java.util.Objects;

/**
 * The form that starts a run, before its fields are made in the browser.
 *
 * @param id the skill's id
 * @param name what people call it
 * @param purpose what it is for; may be empty
 * @param skillAddress its page
 * @param engines wire names of the engines it runs on
 * @param modes wire names of its execution modes
 * @param from the request whose values fill the form; empty for none
 */
public record RunFormView(
        String id,
        String name,
        String purpose,
        String skillAddress,
        List<String> engines,
        List<String> modes,
        String from) {
    /** What schemas say of the size of a value, in the order in which a field says it. */
    public static final List<String> LIMITS = List.of(
            "minimum",
            "exclusiveMinimum",
            "maximum",
            "exclusiveMaximum",
            "multipleOf",
            "minLength",
            "maxLength",
            "pattern",
            "minItems",
            "maxItems");

    /** Copies the lists and refuses null parts. */
    public RunFormView {
        Objects.requireNonNull(id);
        Objects.requireNonNull(name);
        Objects.requireNonNull(purpose);
        Objects.requireNonNull(skillAddress);
        engines = List.copyOf(engines);
        modes = List.copyOf(modes);
        Objects.requireNonNull(from);
    }
}
