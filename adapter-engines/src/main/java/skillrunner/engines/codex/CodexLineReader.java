package skillrunner.engines.codex;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import skillrunner.engines.output.OutputLines;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads single lines of {@code codex exec --json}. Reading ends as soon as it is clear that a line does not matter, which
 * for the big ones, the output of commands, is near their beginning.
 */
final class CodexLineReader {
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(OutputLines.MAX_ANSWER_LINE)
                    .build())
            .build();

    private CodexLineReader() {}

    /** Reads a whole line. */
    static CodexEvent read(byte[] bytes, int offset, int length) {
        if (!isObject(bytes, offset, length)) {
            return new CodexEvent.Unreadable();
        }
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), bytes, offset, length)) {
            return new Fields(parser).event();
        } catch (JacksonException e) {
            return readRepaired(new String(bytes, offset, length, StandardCharsets.UTF_8));
        }
    }

    /** Reads the beginning of a line of which the rest is lost; tells no more than its kind. */
    static CodexEvent readBeginning(byte[] bytes, int offset, int length) {
        if (!isObject(bytes, offset, length)) {
            return new CodexEvent.Unreadable();
        }
        Fields fields = null;
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), bytes, offset, length)) {
            fields = new Fields(parser);
            return fields.event();
        } catch (JacksonException e) {
            return fields != null && fields.isAgentMessage()
                    ? new CodexEvent.AgentMessage(null)
                    : new CodexEvent.Other();
        }
    }

    /** A second try for lines with broken characters: decoding puts replacement characters in their place. */
    private static CodexEvent readRepaired(String line) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), line)) {
            return new Fields(parser).event();
        } catch (JacksonException e) {
            return new CodexEvent.Unreadable();
        }
    }

    /** Also keeps the parser from guessing at other encodings than UTF-8, which it does by zero bytes. */
    private static boolean isObject(byte[] bytes, int offset, int length) {
        int i = offset;
        while (i < offset + length && (bytes[i] == ' ' || bytes[i] == '\t')) {
            i++;
        }
        return i + 1 < offset + length && bytes[i] == '{' && bytes[i + 1] != 0;
    }

    /** The fields that matter, whatever their order. */
    private static final class Fields {
        private final JsonParser parser;
        private @Nullable String type;
        private @Nullable String threadId;
        private @Nullable String message;
        private @Nullable String errorMessage;
        private @Nullable String itemType;
        private @Nullable String itemText;

        Fields(JsonParser parser) {
            this.parser = parser;
        }

        boolean isAgentMessage() {
            return "item.completed".equals(type) && "agent_message".equals(itemType);
        }

        CodexEvent event() {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (value == JsonToken.START_OBJECT && (name.equals("item") || name.equals("error"))) {
                    readInner(name.equals("item"));
                } else if (value == JsonToken.VALUE_STRING) {
                    switch (name) {
                        case "type" -> type = parser.getString();
                        case "thread_id" -> threadId = parser.getString();
                        case "message" -> message = parser.getString();
                        default -> {}
                    }
                } else {
                    parser.skipChildren();
                }
                if (doesNotMatter()) {
                    return new CodexEvent.Other();
                }
            }
            // What ends here without an end of its own is torn, and what goes on is not one object.
            if (parser.currentToken() != JsonToken.END_OBJECT || parser.nextToken() != null) {
                return new CodexEvent.Unreadable();
            }
            return concluded();
        }

        private void readInner(boolean item) {
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                if (parser.nextToken() != JsonToken.VALUE_STRING) {
                    parser.skipChildren();
                } else if (!item) {
                    if (name.equals("message")) {
                        errorMessage = parser.getString();
                    }
                } else if (name.equals("type")) {
                    itemType = parser.getString();
                    if (doesNotMatter()) {
                        return;
                    }
                } else if (name.equals("text")) {
                    itemText = parser.getString();
                }
            }
        }

        private boolean doesNotMatter() {
            if (type == null) {
                return false;
            }
            return switch (type) {
                case "thread.started", "turn.started", "turn.completed", "turn.failed", "error" -> false;
                case "item.completed" -> itemType != null && !itemType.equals("agent_message");
                default -> true;
            };
        }

        private CodexEvent concluded() {
            if (type == null) {
                return new CodexEvent.Unreadable();
            }
            return switch (type) {
                case "thread.started" ->
                    threadId == null ? new CodexEvent.Other() : new CodexEvent.ThreadStarted(threadId);
                case "turn.started" -> new CodexEvent.TurnStarted();
                case "turn.completed" -> new CodexEvent.TurnCompleted();
                case "turn.failed" -> new CodexEvent.TurnFailed(errorMessage == null ? "" : errorMessage);
                case "error" -> new CodexEvent.Trouble(message == null ? "" : message);
                case "item.completed" ->
                    isAgentMessage() && itemText != null
                            ? new CodexEvent.AgentMessage(itemText)
                            : new CodexEvent.Other();
                default -> new CodexEvent.Other();
            };
        }
    }
}
