package skillrunner.standin;

import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Reads the text of a message, which vendors send either as a string or as an array of parts. */
final class Texts {

    private Texts() {}

    /** Joins the text parts by line feeds; parts without text (images, tool calls) are left out. */
    static String of(JsonNode content) {
        if (content.isString()) {
            return content.stringValue();
        }
        return content.valueStream()
                .map(part -> part.path("text"))
                .filter(JsonNode::isString)
                .map(JsonNode::stringValue)
                .collect(Collectors.joining("\n"));
    }
}
