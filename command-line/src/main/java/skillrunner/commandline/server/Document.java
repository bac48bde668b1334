package skillrunner.commandline.server;

import java.util.Objects;
import tools.jackson.databind.JsonNode;

/**
 * An answer of the server in JSON.
 *
 * @param text as it came, for programs
 * @param tree the same to look into
 */
public record Document(String text, JsonNode tree) {
    /** Both are needed. */
    public Document {
        Objects.requireNonNull(text);
        Objects.requireNonNull(tree);
    }

    /**
     * A member as text.
     *
     * @param name the member
     * @return its text; empty if it is missing or null
     */
    public String text(String name) {
        return text(tree, name);
    }

    /**
     * A member of an object as text.
     *
     * @param object any JSON
     * @param name the member
     * @return its text, or its JSON if it is no text; empty if it is missing or null
     */
    public static String text(JsonNode object, String name) {
        JsonNode member = object.path(name);
        if (member.isMissingNode() || member.isNull()) {
            return "";
        }
        // The same text, but the latter wants all that writes JSON.
        return member.isString() || member.isIntegralNumber() ? member.asString() : member.toString();
    }
}
