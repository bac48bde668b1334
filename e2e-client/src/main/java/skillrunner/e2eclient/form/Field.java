package skillrunner.e2eclient.form;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * One field of the form.
 *
 * @param group which part of the job it belongs to
 * @param key the property it stands for
 * @param kind what it takes
 * @param title what the schema calls it; may be empty
 * @param description what the schema says about it; may be empty
 * @param required whether it must be there
 * @param choices what can be chosen; empty for other kinds
 * @param initial what it holds at first; empty for nothing
 * @param textAllowed whether a text will do where JSON is wanted
 * @param bounds what its value must keep to
 */
public record Field(
        FieldGroup group,
        String key,
        FieldKind kind,
        String title,
        String description,
        boolean required,
        List<JsonNode> choices,
        Optional<JsonNode> initial,
        boolean textAllowed,
        Bounds bounds) {
    /** Copies the list and refuses null parts. */
    public Field {
        Objects.requireNonNull(group);
        Objects.requireNonNull(key);
        Objects.requireNonNull(kind);
        Objects.requireNonNull(title);
        Objects.requireNonNull(description);
        Objects.requireNonNull(initial);
        Objects.requireNonNull(bounds);
        choices = List.copyOf(choices);
    }

    /**
     * Returns its name in the form.
     *
     * @return for example {@code input__topic}
     */
    public String name() {
        return group.prefix() + key;
    }
}
