package skillrunner.engines.codex;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skillrunner.engines.output.JsonLine;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/**
 * One line of {@code codex exec --json}: the fields that matter, whatever their order. Reading ends as soon as nothing that
 * matters can follow. What a command printed, most of all bytes, is passed over: what follows it is read from the line's end.
 */
final class CodexRecord {
    /** How a line came to its end. */
    enum Ending {
        /** It is a record. */
        WHOLE,
        /** It began as a record and is none: torn, or cut off for its length. */
        BROKEN,
        /** It never was a record. */
        NONE
    }

    private final byte[] bytes;
    private final int end;
    private Ending ending = Ending.NONE;

    private @Nullable String type;
    private @Nullable String threadId;
    private @Nullable String message;
    private @Nullable String errorMessage;
    private final CodexItem item = new CodexItem();
    private final CodexUsage usage = new CodexUsage();

    private CodexRecord(byte[] bytes, int offset, int length) {
        this.bytes = bytes;
        this.end = offset + length;
    }

    /** Reads a line, or the beginning of one. */
    static CodexRecord read(byte[] bytes, int offset, int length) {
        CodexRecord record = new CodexRecord(bytes, offset, length);
        if (!isObject(bytes, offset, length)) {
            return record;
        }
        try (JsonParser parser = JsonLine.FACTORY.createParser(ObjectReadContext.empty(), bytes, offset, length)) {
            record.take(parser);
            return record;
        } catch (JacksonException e) {
            return repaired(bytes, offset, length);
        }
    }

    /** A second try for lines with broken characters: decoding puts replacement characters in their place. */
    private static CodexRecord repaired(byte[] bytes, int offset, int length) {
        CodexRecord record = new CodexRecord(bytes, offset, length);
        String line = new String(bytes, offset, length, StandardCharsets.UTF_8);
        try (JsonParser parser = JsonLine.FACTORY.createParser(ObjectReadContext.empty(), line)) {
            record.take(parser);
        } catch (JacksonException e) {
            record.ending = record.type == null ? Ending.NONE : Ending.BROKEN;
        }
        return record;
    }

    /** Also keeps the parser from guessing at other encodings than UTF-8, which it does by zero bytes. */
    private static boolean isObject(byte[] bytes, int offset, int length) {
        int i = offset;
        while (i < offset + length && (bytes[i] == ' ' || bytes[i] == '\t')) {
            i++;
        }
        return i + 1 < offset + length && bytes[i] == '{' && bytes[i + 1] != 0;
    }

    Ending ending() {
        return ending;
    }

    /** The kind of the record; empty if it is none. */
    String type() {
        return type == null ? "" : type;
    }

    Optional<String> threadId() {
        return Optional.ofNullable(threadId);
    }

    Optional<String> message() {
        return Optional.ofNullable(message);
    }

    Optional<String> errorMessage() {
        return Optional.ofNullable(errorMessage);
    }

    CodexItem item() {
        return item;
    }

    CodexUsage usage() {
        return usage;
    }

    boolean isAgentMessage() {
        return "item.completed".equals(type) && item.isMessage();
    }

    private void take(JsonParser parser) {
        parser.nextToken();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (value == JsonToken.START_OBJECT) {
                takeObject(parser, name);
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
            if (ending == Ending.WHOLE || nothingMatters()) {
                ending = Ending.WHOLE;
                return;
            }
        }
        // What ends here without an end of its own is torn, and what goes on is not one object.
        boolean whole = parser.currentToken() == JsonToken.END_OBJECT && parser.nextToken() == null;
        ending = type == null ? Ending.NONE : whole ? Ending.WHOLE : Ending.BROKEN;
    }

    private void takeObject(JsonParser parser, String name) {
        switch (name) {
            case "item" -> takeItem(parser);
            case "error" -> takeError(parser);
            case "usage" -> usage.take(parser);
            default -> parser.skipChildren();
        }
    }

    private void takeItem(JsonParser parser) {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (value == JsonToken.VALUE_STRING && name.equals("aggregated_output") && item.isCommand() && isRest()) {
                ending = Ending.WHOLE;
                return;
            }
            item.take(name, value, parser);
            if (nothingMatters()) {
                return;
            }
        }
    }

    private void takeError(JsonParser parser) {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            if (parser.nextToken() != JsonToken.VALUE_STRING) {
                parser.skipChildren();
            } else if (name.equals("message")) {
                errorMessage = parser.getString();
            }
        }
    }

    /** Tells whether all that matters behind the output of a command is known. */
    private boolean isRest() {
        return switch (type()) {
            case "item.started" -> true;
            case "item.completed" -> item.takeEnding(CodexCommandEnding.of(bytes, end));
            default -> false;
        };
    }

    private boolean nothingMatters() {
        if (type == null) {
            return false;
        }
        return switch (type) {
            case "thread.started", "turn.started", "turn.completed", "turn.failed", "error" -> false;
            case "item.started", "item.updated", "item.completed" -> item.saysNothing();
            default -> true;
        };
    }
}
