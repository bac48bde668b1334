package skillrunner.e2eclient.form;

import java.util.Objects;

/**
 * Something that is wrong with what was typed.
 *
 * @param field name of the field
 * @param label what people call it
 * @param fault what is wrong, as the end of a key of the texts
 * @param limit what was passed, for faults of size; empty for others
 */
public record FormFault(String field, String label, String fault, String limit) {
    /** Refuses null parts. */
    public FormFault {
        Objects.requireNonNull(field);
        Objects.requireNonNull(label);
        Objects.requireNonNull(fault);
        Objects.requireNonNull(limit);
    }
}
