package skillrunner.domain.interaction;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What sort of answer a question is made for. It never limits the answer. */
public enum InteractionKind {
    /** One of the options. */
    CHOOSE_ONE,
    /** Yes or no. */
    CONFIRM,
    /** Values by name. */
    FILL_FIELDS,
    /** Any text. */
    OPEN_TEXT,
    /** That a danger is taken on, or not. */
    RISK_ACK;

    /** Names that skills use for the same. */
    private static final Map<String, InteractionKind> ALIASES = Map.of(
            "decision", CHOOSE_ONE,
            "single_select", CHOOSE_ONE,
            "confirmation", CONFIRM,
            "clarification", OPEN_TEXT);

    /**
     * Returns the name on the wire and in the database.
     *
     * @return lower case, for example {@code choose_one}
     */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads what an agent wrote.
     *
     * @param said any value
     * @return the kind it means; {@link #OPEN_TEXT}, which every answer fits, if it means none
     */
    public static InteractionKind of(@Nullable Object said) {
        if (!(said instanceof String text)) {
            return OPEN_TEXT;
        }
        String name = text.strip().toLowerCase(Locale.ROOT).replace('-', '_');
        return Arrays.stream(values())
                .filter(kind -> kind.wire().equals(name))
                .findFirst()
                .orElse(ALIASES.getOrDefault(name, OPEN_TEXT));
    }

    /**
     * Tells whether an answer of this kind can be a refusal, which is what nobody's silence comes to.
     *
     * @return true for what is agreed to or not
     */
    public boolean mayBeRefused() {
        return this == CONFIRM || this == RISK_ACK;
    }
}
