package skillrunner.e2eclient.skill;

import java.util.List;
import java.util.Objects;

/**
 * One field of the form.
 *
 * @param name its name, which is its id as well
 * @param label what people call it
 * @param control which control it is: text, number, long, json, choice or file
 * @param description what it means; may be empty
 * @param note what is wanted, in words; may be empty
 * @param required whether it must be filled in
 * @param value what it holds
 * @param choices what can be chosen; a first one with an empty value chooses nothing
 * @param fault what is wrong; may be empty
 */
public record FieldView(
        String name,
        String label,
        String control,
        String description,
        String note,
        boolean required,
        String value,
        List<FormView.Choice> choices,
        String fault) {
    /** Copies the list and refuses null parts. */
    public FieldView {
        Objects.requireNonNull(name);
        Objects.requireNonNull(label);
        Objects.requireNonNull(control);
        Objects.requireNonNull(description);
        Objects.requireNonNull(note);
        Objects.requireNonNull(value);
        Objects.requireNonNull(fault);
        choices = List.copyOf(choices);
    }

    /**
     * Tells whether something is wrong with it.
     *
     * @return what its attribute says; null for nothing
     */
    public @org.jspecify.annotations.Nullable String invalid() {
        return fault.isEmpty() ? null : "true";
    }

    /**
     * Names what is written below it.
     *
     * @return ids of elements; null for none
     */
    public @org.jspecify.annotations.Nullable String describedBy() {
        String ids = (note.isEmpty() && description.isEmpty() ? "" : name + "-note ")
                + (fault.isEmpty() ? "" : name + "-fault");
        return ids.isBlank() ? null : ids.strip();
    }
}
