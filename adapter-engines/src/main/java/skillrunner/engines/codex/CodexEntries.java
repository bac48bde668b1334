package skillrunner.engines.codex;

import org.jspecify.annotations.Nullable;
import skillrunner.domain.output.EngineEvent;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Puts a list that codex works through into words: the files that it changes, or the steps of its plan. */
final class CodexEntries {
    private final StringBuilder words = new StringBuilder();

    private @Nullable String path;
    private @Nullable String kind;
    private @Nullable String text;
    private boolean completed;

    private CodexEntries() {}

    /**
     * Reads a list.
     *
     * @param parser stands at its beginning, and afterwards at its end
     * @return one entry a line, as much as an event may hold; empty if nothing in it is known
     */
    static String read(JsonParser parser) {
        CodexEntries entries = new CodexEntries();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() == JsonToken.START_OBJECT) {
                entries.take(parser);
            } else {
                parser.skipChildren();
            }
        }
        return EngineEvent.beginning(entries.words.toString());
    }

    private void take(JsonParser parser) {
        path = null;
        kind = null;
        text = null;
        completed = false;
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (value == JsonToken.VALUE_STRING) {
                switch (name) {
                    case "path" -> path = parser.getString();
                    case "kind" -> kind = parser.getString();
                    case "text" -> text = parser.getString();
                    default -> {}
                }
            } else if (value == JsonToken.VALUE_TRUE && name.equals("completed")) {
                completed = true;
            } else {
                parser.skipChildren();
            }
        }
        if (path != null) {
            add(kind == null ? path : kind + " " + path);
        } else if (text != null) {
            add((completed ? "☑ " : "☐ ") + text);
        }
    }

    private void add(String entry) {
        if (words.length() < EngineEvent.MOST_CHARACTERS) {
            words.append(words.isEmpty() ? "" : "\n").append(entry);
        }
    }
}
