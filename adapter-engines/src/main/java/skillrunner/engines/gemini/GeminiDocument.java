package skillrunner.engines.gemini;

import java.util.Optional;
import skillrunner.engines.output.JsonLine;
import tools.jackson.databind.JsonNode;

/** Finds the document that gemini writes when it does not write lines, behind whatever noise. */
final class GeminiDocument {
    /** Keeps a hostile text of many braces from costing quadratic time. */
    private static final int MAX_TRIES = 32;

    private GeminiDocument() {}

    /** Returns the last JSON object that begins a line and lasts to the end of the text. */
    static Optional<JsonNode> in(String text) {
        int line = text.length();
        for (int tries = 0; tries < MAX_TRIES && line >= 0; tries++) {
            line = text.lastIndexOf("\n{", line - 1);
            Optional<JsonNode> found = JsonLine.read(text.substring(line + 1));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }
}
