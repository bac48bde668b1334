package skillrunner.domain.skill;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Name of a skill: its folder, its {@code id} and its {@code name} in SKILL.md. Safe as a single path segment.
 *
 * @param value 1 to 64 characters of letters, digits, {@code . _ -}, starting with a letter or digit
 */
public record SkillId(String value) {
    /** The form, in words. */
    public static final String ALLOWED = "1 to 64 letters, digits, '.', '_' or '-', beginning with a letter or digit";

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    /** Refuses any other form. */
    public SkillId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("not a skill id");
        }
    }

    /**
     * Reads an id from outside.
     *
     * @param text any text
     * @return the id, or empty if the text does not have the form
     */
    public static Optional<SkillId> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new SkillId(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
