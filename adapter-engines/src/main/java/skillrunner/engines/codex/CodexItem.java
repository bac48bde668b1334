package skillrunner.engines.codex;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import skillrunner.domain.output.EngineEvent.ToolResult;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The item that a record of codex is about. */
final class CodexItem {
    private static final String MESSAGE = "agent_message";
    private static final String COMMAND = "command_execution";
    private static final String PLAN = "todo_list";

    /** What the agent does with the world; every other item is something it says, or nothing that matters. */
    private static final Set<String> TOOLS = Set.of(
            COMMAND, "file_change", "mcp_tool_call", "web_search", "collab_tool_call", "function_call", "tool_call");

    private static final Set<String> SAYINGS = Set.of(MESSAGE, "reasoning", "error", PLAN);

    private @Nullable String type;
    private @Nullable String id;
    private @Nullable String text;
    private @Nullable String message;
    private @Nullable String tool;
    private @Nullable String server;
    private @Nullable String summary;
    private @Nullable String status;
    private @Nullable Integer exitCode;

    /** Takes the member at which a parser stands. */
    void take(String name, @Nullable JsonToken value, JsonParser parser) {
        if (value == JsonToken.VALUE_STRING) {
            takeText(name, parser);
        } else if (value == JsonToken.VALUE_NUMBER_INT && name.equals("exit_code")) {
            exitCode = parser.getNumberType() == JsonParser.NumberType.INT ? (Integer) parser.getIntValue() : null;
        } else if (value == JsonToken.START_ARRAY && (name.equals("changes") || name.equals("items"))) {
            summary = CodexEntries.read(parser);
        } else {
            parser.skipChildren();
        }
    }

    private void takeText(String name, JsonParser parser) {
        switch (name) {
            case "type" -> type = parser.getString();
            case "id" -> id = parser.getString();
            case "text" -> text = parser.getString();
            case "message" -> message = parser.getString();
            case "tool", "name" -> tool = parser.getString();
            case "server" -> server = parser.getString();
            case "command", "query", "arguments" -> summary = parser.getString();
            case "status" -> status = parser.getString();
            default -> {}
        }
    }

    /** Takes what stands behind a command's output, if it was found. @return whether it was */
    boolean takeEnding(Optional<CodexCommandEnding> found) {
        found.ifPresent(told -> {
            status = told.status();
            exitCode = told.exitCode().isPresent() ? (Integer) told.exitCode().getAsInt() : null;
        });
        return found.isPresent();
    }

    /** Tells whether it is a command of which it is known what it was. */
    boolean isCommand() {
        return COMMAND.equals(type) && summary != null;
    }

    boolean isMessage() {
        return MESSAGE.equals(type);
    }

    /** Tells whether it is the list of what the agent means to do. */
    boolean isPlan() {
        return PLAN.equals(type);
    }

    boolean isTool() {
        return type != null && TOOLS.contains(type);
    }

    /** Tells whether it is known to be of a kind that does not matter. */
    boolean saysNothing() {
        return type != null && !TOOLS.contains(type) && !SAYINGS.contains(type);
    }

    String type() {
        return type == null ? "" : type;
    }

    Optional<String> id() {
        return Optional.ofNullable(id);
    }

    Optional<String> text() {
        return Optional.ofNullable(text);
    }

    Optional<String> message() {
        return Optional.ofNullable(message);
    }

    /** The tool's own name if it has one, and otherwise what kind of tool it is. */
    String tool() {
        String name = tool == null ? type() : tool;
        return server == null ? name : server + "/" + name;
    }

    String summary() {
        return summary == null ? "" : summary;
    }

    ToolResult.Ending ending() {
        return switch (status == null ? "" : status) {
            case "completed" -> ToolResult.Ending.SUCCEEDED;
            case "failed", "declined" -> ToolResult.Ending.FAILED;
            default -> ToolResult.Ending.UNKNOWN;
        };
    }

    OptionalInt exitCode() {
        return exitCode == null ? OptionalInt.empty() : OptionalInt.of(exitCode);
    }
}
