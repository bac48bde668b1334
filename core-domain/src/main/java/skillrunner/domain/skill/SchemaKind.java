package skillrunner.domain.skill;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** The three JSON Schemas of a skill. */
public enum SchemaKind {
    /** What the run is given: inline values and files. */
    INPUT,
    /** Settings of the run. */
    PARAMETER,
    /** What the run must answer. */
    OUTPUT;

    /**
     * Returns the key in runner.json and on the wire.
     *
     * @return lower case
     */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Returns where the schema lies when the manifest does not say.
     *
     * @return a path inside the skill folder
     */
    public String standardPath() {
        return "assets/" + wire() + ".schema.json";
    }

    /**
     * Returns where all of them lie when the manifest does not say.
     *
     * @return paths inside the skill folder
     */
    static Map<SchemaKind, String> standardPaths() {
        Map<SchemaKind, String> paths = new EnumMap<>(SchemaKind.class);
        for (SchemaKind kind : values()) {
            paths.put(kind, kind.standardPath());
        }
        return paths;
    }
}
