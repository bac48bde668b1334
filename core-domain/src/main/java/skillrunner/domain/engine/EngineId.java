package skillrunner.domain.engine;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Names an agent CLI. An open set: a driver found at start may bring a name of its own. Sorted with the built-in engines
 * first, in their canonical order, and all others by name after them.
 *
 * @param wire the name on the wire and in files: lower case letters, digits and dashes
 */
public record EngineId(String wire) implements Comparable<EngineId> {
    private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9-]{0,31}");

    /** OpenAI's codex. */
    public static final EngineId CODEX = new EngineId("codex");

    /** Google's gemini. */
    public static final EngineId GEMINI = new EngineId("gemini");

    /** iFlow's iflow. */
    public static final EngineId IFLOW = new EngineId("iflow");

    /** opencode. */
    public static final EngineId OPENCODE = new EngineId("opencode");

    /** The engines this product names itself, in the order of every list that is shown. */
    public static final List<EngineId> BUILT_IN = List.of(CODEX, GEMINI, IFLOW, OPENCODE);

    /** Refuses any other form. */
    public EngineId {
        if (!FORM.matcher(wire).matches()) {
            throw new IllegalArgumentException("not an engine name");
        }
    }

    /**
     * Reads a name from outside; says nothing about whether such an engine exists.
     *
     * @param text any text
     * @return the name, or empty if the text does not have the form
     */
    public static Optional<EngineId> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new EngineId(text)) : Optional.empty();
    }

    /**
     * Returns the name as the names of environment variables end with it, which can't hold a dash.
     *
     * @return upper case letters, digits and underscores
     */
    public String inVariables() {
        return wire.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    @Override
    public int compareTo(EngineId other) {
        return Comparator.comparingInt(EngineId::rank)
                .thenComparing(EngineId::wire)
                .compare(this, other);
    }

    private int rank() {
        int index = BUILT_IN.indexOf(this);
        return index < 0 ? BUILT_IN.size() : index;
    }

    @Override
    public String toString() {
        return wire;
    }
}
